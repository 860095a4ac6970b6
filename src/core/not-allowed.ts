import type { Actor } from './action.ts';
import { AppError } from './errors.ts';
import type { Directory } from './people.ts';

/** For somebody without the role that an action needs: says which it is, and whom to ask. */
export async function notAllowed(
  directory: Pick<Directory, 'whoMay'>,
  { access, actor }: { access: 'member' | 'manager' | 'admin'; actor: Actor },
): Promise<AppError> {
  const role = access === 'admin' ? 'admin' : 'manager';
  const names = (await directory.whoMay(actor.organizationId, role)).slice(0, 3);
  return new AppError('not_allowed', {
    userMessage: ({ crew }) =>
      [
        role === 'admin' ? crew.onlyAdmins : crew.onlyManagers,
        ...(names.length > 0 ? [crew.ask(names)] : []),
      ].join(' '),
  });
}

import { errorReply, notInstalled } from '../../../src/core/error-reply.ts';
import { AppError, type AppErrorOptions, type ErrorCode, errorCodes } from '../../../src/core/errors.ts';
import { crowd } from '../data.ts';
import { type Sample, samplesOf } from '../sample.ts';
import type { World } from '../world.ts';

const intent = { action: 'assign', args: { task: '42', people: 'name:Wes' } };

/** What is thrown beyond the bare code, where that is what people meet. */
const more: Partial<Record<ErrorCode, (world: World) => AppErrorOptions>> = {
  unknown_action: ({ words }) => ({
    userMessage: ({ input }) => input.commandNear(words.note.slice(0, 40), 'done'),
    buttons: () => [{ label: 'done', intent: { action: 'done', args: {} } }],
  }),
  invalid_arguments: ({ words }) => ({ userMessage: ({ input }) => input.memberProblem(words.note) }),
  ambiguous_person: (world) => ({
    choices: {
      argument: 'people',
      typed: 'Wes',
      candidates: crowd(world, 7).map(({ id, name }) => ({ id, label: name })),
    },
  }),
  not_allowed: ({ words }) => ({ userMessage: ({ crew }) => crew.notYourReport(words.manager) }),
};

const reply = (code: ErrorCode, world: World, options: AppErrorOptions = {}) =>
  errorReply(new AppError(code, options), { ...world, intent, reference: '01JDQ8ZK' });

/** Every way to fail in its bare words, and what people mostly meet. */
export const errorSamples: readonly Sample[] = [
  ...samplesOf(
    errorReply,
    {
      ...Object.fromEntries(errorCodes.map((code) => [code, (world: World) => reply(code, world)])),
      ...Object.fromEntries(
        Object.entries(more).map(([code, options]) => [
          `${code}, in its own words`,
          (world: World) => reply(code as ErrorCode, world, options(world)),
        ]),
      ),
    },
    { view: 'error-reply' },
  ),
  ...samplesOf(notInstalled, { 'in this workspace': ({ messages }) => notInstalled(messages) }),
];

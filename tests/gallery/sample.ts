import type { Form, Reply, View } from '../../src/core/view.ts';
import type { World } from './world.ts';

export type Made = View | Form | Reply;

/** One message of Crewline's, with what it needs to be made. */
export interface Sample {
  /** File of its golden, and heading in the gallery */
  view: string;
  /** Which case of it */
  name: string;
  /** The exported function of src/views that makes it */
  of: unknown;
  /** Drawn as App Home on Slack */
  home: boolean;
  make(world: World): Made | undefined;
}

interface Options {
  /** Where one function makes many messages: which of them */
  view?: string;
  home?: boolean;
}

/** Samples of what one exported function makes, by case. */
export function samplesOf(
  of: (...given: never[]) => unknown,
  cases: Record<string, (world: World) => Made | undefined>,
  { view = kebab(of.name), home = false }: Options = {},
): Sample[] {
  return Object.entries(cases).map(([name, make]) => ({ view, name, of, home, make }));
}

const kebab = (name: string): string => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

/** What is drawn of it: a view or a form; undefined where nothing is shown. */
export function shownOf(made: Made | undefined): { view: View } | { form: Form } | undefined {
  if (!made) return undefined;
  if ('nodes' in made) return { view: made };
  if ('fields' in made) return { form: made };
  if (made.kind === 'view') return { view: made.view };
  return made.kind === 'form' ? { form: made.form } : undefined;
}

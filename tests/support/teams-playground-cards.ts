/** As much of an Adaptive Card as tests look at: a tree of elements with a type. */
export interface CardElement {
  type?: string;
  [key: string]: unknown;
}

export interface Activity {
  type: string;
  id?: string;
  text?: string;
  summary?: string;
  attachments?: { contentType: string; content?: CardElement }[];
}

export interface CardButton {
  type: 'Action.Execute' | 'Action.Submit';
  title: string;
  verb: string | undefined;
  data: Record<string, unknown>;
  /** auto: what the inputs hold goes along. */
  associatedInputs: 'auto' | 'none';
}

export interface CardInput {
  id: string;
  label: string;
  value: string | undefined;
}

/** The words of a message that people can read, a line for each text. */
export function wordsOf(activity: Activity): string {
  const lines = elementsOf(activity).flatMap((element) => {
    if (isAction(element) || element.type === 'TextRun') return [];
    if (element.type === 'RichTextBlock') return [runsOf(element)];
    return [element.text, element.title, element.value].filter((text) => typeof text === 'string');
  });
  return [activity.text ?? '', ...lines].filter(Boolean).join('\n');
}

export function buttonsOf(activity: Activity): CardButton[] {
  return elementsOf(activity).flatMap((element) => {
    const { type, title, verb, data, associatedInputs } = element;
    if (type !== 'Action.Execute' && type !== 'Action.Submit') return [];
    return [
      {
        type,
        title: String(title ?? ''),
        verb: typeof verb === 'string' ? verb : undefined,
        data: isElement(data) ? data : {},
        associatedInputs: associatedInputs === 'none' ? 'none' : 'auto',
      },
    ];
  });
}

export function inputsOf(activity: Activity): CardInput[] {
  return elementsOf(activity).flatMap(({ type, id, label, value }) => {
    if (!type?.startsWith('Input.') || typeof id !== 'string') return [];
    return [{ id, label: String(label ?? id), value: typeof value === 'string' ? value : undefined }];
  });
}

/** The runs of one paragraph, as they are read: one after the other. */
function runsOf({ inlines }: CardElement): string {
  const runs = Array.isArray(inlines) ? inlines.filter(isElement) : [];
  return runs.map(({ text }) => (typeof text === 'string' ? text : '')).join('');
}

const isAction = ({ type }: CardElement): boolean => type?.startsWith('Action.') ?? false;

/** Every element of the message's cards, outer ones first; what a button carries is none of them. */
function elementsOf({ attachments = [] }: Activity): CardElement[] {
  return attachments.flatMap(({ content }) => (content ? descend(content) : []));
}

function descend(element: CardElement): CardElement[] {
  const parts = Object.entries(element).filter(([name]) => name !== 'data');
  const inner = parts.flatMap(([, part]) => (Array.isArray(part) ? part : [part])).filter(isElement);
  return [element, ...inner.flatMap(descend)];
}

function isElement(value: unknown): value is CardElement {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

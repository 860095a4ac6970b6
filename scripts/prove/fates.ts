/** What becomes of a message at the platform. */
export const fates = [
  'answered',
  'slow',
  /** 429 without a reason */
  'throttled',
  /** 503, and nothing was sent */
  'unavailable',
  /** 500, and nothing was sent */
  'failed',
  /** 500, and it was sent */
  'failedAfterSending',
  /** No answer, and nothing was sent */
  'silent',
  /** No answer, and it was sent */
  'silentAfterSending',
] as const;
export type Fate = (typeof fates)[number];

/** How many of a hundred messages meet with it; the rest is answered. */
export type Trouble = Partial<Record<Exclude<Fate, 'answered'>, number>>;

export const noTrouble: Trouble = {};

const DECK = 100;

/** Shuffled cards instead of dice: no fate can fail to come in a hundred messages. */
export function createDeck(trouble: Trouble, random: () => number): () => Fate {
  let cards: Fate[] = [];
  return () => {
    if (cards.length === 0) cards = shuffled(cardsOf(trouble), random);
    return cards.pop() ?? 'answered';
  };
}

function cardsOf(trouble: Trouble): Fate[] {
  const troubled = fates.flatMap((fate) =>
    fate === 'answered' ? [] : Array.from({ length: trouble[fate] ?? 0 }, () => fate),
  );
  return [...troubled, ...Array.from({ length: DECK - troubled.length }, () => 'answered' as const)];
}

function shuffled(cards: readonly Fate[], random: () => number): Fate[] {
  return cards
    .map((card) => ({ card, place: random() }))
    .sort((a, b) => a.place - b.place)
    .map(({ card }) => card);
}

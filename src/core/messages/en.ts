import { errors } from './en/errors.ts';

/** One section a part of the product; functions where something has to be filled in. */
export const en = { errors };

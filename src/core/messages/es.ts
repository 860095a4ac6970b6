import type { Messages } from '../messages.ts';
import { errors } from './es/errors.ts';

export const es: Messages = { errors };

/** How a crew's work went over some days: counted by services, shown by views, drawn by the painter. Plain JSON. */
export interface Report {
  /** Of what: a project's key, a person's name; absent for all that the asker manages */
  of?: string;
  period: ReportPeriod;
  /** Days of the whole period, those to come included: as many places has the picture */
  length: number;
  /** From the period's first day to its last, or to today */
  days: readonly ReportDay[];
  /** Days of the reader's calendar that begin a week, as places in the period from 0 */
  weekStarts: readonly number[];
  /** Done in the whole period before */
  doneBefore: number;
  by: 'person' | 'project';
  rows: readonly ReportRow[];
  /** Rows that are left out */
  moreRows: number;
}

export type ReportPeriod = 'week' | 'month';

export interface ReportDay {
  /** YYYY-MM-DD in the reader's zone */
  day: string;
  /** Tasks that were not done when the day began, and were when it ended */
  done: number;
  /** At the end of the day, or now */
  open: number;
  /** Of those, past their date at that time */
  overdue: number;
}

export interface ReportRow {
  /** null: of nobody, in no project */
  name: string | null;
  done: number;
  open: number;
  overdue: number;
}

/** Done in the whole period; open and overdue at its end. */
export function totalsOf({ days }: Pick<Report, 'days'>): Omit<ReportRow, 'name'> {
  const last = days.at(-1);
  return {
    done: days.reduce((sum, { done }) => sum + done, 0),
    open: last?.open ?? 0,
    overdue: last?.overdue ?? 0,
  };
}

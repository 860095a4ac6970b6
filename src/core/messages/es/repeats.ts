import type { Messages } from '../../messages.ts';
import { bold, code, text } from '../../view.ts';

export const repeats: Messages['repeats'] = {
  every: {
    day: 'cada día',
    days: (count) => `cada ${count} días`,
    workday: 'cada día laborable',
    week: (days) => `cada ${days}`,
    weeks: (count, days) => `cada ${count} semanas el ${days}`,
    month: (days) => `cada mes el ${days}`,
    months: (count, days) => `cada ${count} meses el ${days}`,
    year: (date) => `cada año el ${date}`,
  },
  dayOfMonth: (day) => `día ${day}`,
  lastDay: 'último día',
  nth: {
    first: (day) => `primer ${day}`,
    second: (day) => `segundo ${day}`,
    third: (day) => `tercer ${day}`,
    fourth: (day) => `cuarto ${day}`,
    last: (day) => `último ${day}`,
  },
  at: (rule, time) => `${rule} a las ${time}`,
  shifted: (rule) => `${rule}, y si no se trabaja ese día el siguiente laborable`,
  until: (rule, date) => `${rule}, hasta el ${date}`,

  card: (rule) => `se repite ${rule}`,
  nextComes: (when) => text`Se repite: la próxima llega ${when}.`,
  set: (task, rule, next) => text`${task} se repite ${rule}. La próxima llega ${next}.`,
  setAck: (number) => `#${number} se repite.`,
  over: (task, rule) => text`${task} se repetía ${rule}. Ya no llegará ninguna más.`,
  setBy: (name) => `Lo puso ${name}.`,
  stopped: (task) => text`${task} ya no se repite. Lo que hay se queda.`,
  stoppedAck: (number) => `#${number} ya no se repite.`,
  notRepeated: (task, command) =>
    text`${task} no se repite. Elige cada cuánto, o escríbelo, como ${code(command)}.`,
  notAny: 'no se repite',
  again: (rule) => text`${bold('Toca otra vez')}: ${rule}`,
  againSummary: (task) => `Otra vez: ${task}`,
  buttons: {
    stop: 'Parar',
    stopSeries: 'No repetir más',
    weekdays: 'Laborables',
    weekly: 'Cada semana',
    monthly: 'Cada mes',
    other: 'Otra…',
  },
  form: {
    title: (number) => `Repetir #${number}`,
    rule: '¿Cada cuánto?',
    hint: 'Como “every weekday 9am”, “every 2 weeks on tue” o “monthly on the 1st until 20 dec”',
    submit: 'Repetir',
  },

  unreadable: (rule) =>
    `No entiendo cada cuánto es: “${rule}”. Prueba “every weekday 9am”, “every 2 weeks on tue” o “monthly on the 1st”.`,
  time: (time) => `No entiendo “${time}” como hora. Prueba “9am” o “17:30”.`,
  end: (date) => `No entiendo “${date}” como final. Prueba “until 20 dec”.`,
  meant: (sentence, suggestion) => `${sentence} ¿Querías decir “${suggestion}”?`,
  ended: (rule) => `“${rule}” no llegaría nunca. Pon un final más tarde.`,
  notRepeating: (number) => `#${number} no se repite.`,
  ofPart: (number, parent) =>
    `#${number} es parte de #${parent} y llega con ella: \`repeat ${parent} every monday\`.`,
};

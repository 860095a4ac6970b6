import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { buttonOf, buttonsIn, type Crew, formOf, openCrew } from '../support/crew.ts';
import { wordsOf, wordsOfView } from '../support/words-of.ts';

/** Lucía's Slack is in Spanish; Maya, who puts her on the team, and Wes have theirs in English. */
const profiles = {
  lucia: {
    name: 'Lucía Ramos',
    email: 'lucia@harbor.example',
    timeZone: 'Europe/Madrid',
    locale: 'es-ES',
  },
  pablo: { name: 'Pablo Gil', email: 'pablo@elsewhere.example', timeZone: 'Europe/Madrid', locale: 'es-MX' },
};

let crew: Crew;
beforeAll(async () => {
  crew = await openCrew({ profiles });
  await crew.says('maya', 'team add lucia@harbor.example');
});
afterAll(() => crew.close());

const lastMessageTo = (who: string): string => {
  const message = crew.messagesTo(who).at(-1);
  return message ? wordsOfView(message.view) : '';
};

/** Tells whether a text has left its English behind, for those that are too long to compare. */
const english = /\b(?:the|your|you|task|is|are|with|what|type)\b/i;

describe('somebody whose profile is in Spanish', () => {
  test('is answered in Spanish from the first word on, and a colleague in English', async () => {
    const { words, reply } = await crew.says('lucia', 'list');
    expect(words).toBe(
      'Tus tareas abiertas\nNo tienes nada pendiente. Añade una tarea o pide una.\n[Nueva tarea] [Ayuda]',
    );
    expect(reply).toMatchObject({ view: { language: 'es' } });
    const colleague = await crew.says('wes', 'list');
    expect(colleague.words).toMatch(/^Your open tasks/);
    expect(colleague.reply).not.toHaveProperty('view.language');
  });

  test('is kept with the language and the time zone of that profile', async () => {
    const person = await crew.db.prisma.person.findFirstOrThrow({
      where: { email: 'lucia@harbor.example' },
    });
    expect(person).toMatchObject({ locale: 'es-ES', timeZone: 'Europe/Madrid' });
  });

  test('reads dates as Spanish writes them', async () => {
    const { words } = await crew.says('lucia', 'add "Revisar la grúa" due tomorrow 2pm');
    expect(words).toMatch(/^Añadida #\d+ Revisar la grúa · Lucia · vence mañana 14:00\n\[Ver\]$/);
    expect((await crew.says('lucia', 'list')).words).toContain('○ Por hacer · vence mañana 14:00');
  });

  test('reads statuses in Spanish until the organisation names its own, and may type them so', async () => {
    const { words } = await crew.says('lucia', 'add "Barrer el muelle"');
    const number = /#(\d+)/.exec(words)?.[1];
    const statuses = crew.db.prisma.status;
    const { id } = await statuses.findFirstOrThrow({ where: { category: 'review' } });
    expect((await crew.says('lucia', `status ${number} en revisión, por favor`)).words).not.toMatch(/^No/);
    expect((await crew.says('lucia', `status ${number} en curso ya voy`)).words).toMatch(
      /^En curso: #\d+ Barrer el muelle/,
    );
    expect((await crew.says('lucia', 'list curso')).words).toMatch(
      /^Tus tareas en curso \(1\)\n.*\n {2}◐ En curso/,
    );
    expect((await crew.says('lucia', `status ${number} por hacer`)).words).toMatch(/^Por hacer: /);
    await statuses.update({ where: { id }, data: { name: 'Waits for Maya' } });
    expect((await crew.says('lucia', `status ${number} waits`)).words).toMatch(/^Waits for Maya: #/);
    expect((await crew.says('lucia', `show ${number}`)).words).toContain('◇ Waits for Maya');
    await statuses.update({ where: { id }, data: { name: 'In review' } });
    expect((await crew.says('lucia', `cancel ${number}`)).words).toMatch(/^Cancelada/);
  });

  test('is told in Spanish what somebody who speaks English did, and the other way round', async () => {
    const added = await crew.says('maya', 'add "Reseal pump 9" @lucia due fri');
    const number = /#(\d+)/.exec(added.words)?.[1] ?? '';
    await crew.settle();
    const message = crew.messagesTo('lucia').at(-1);
    expect(lastMessageTo('lucia')).toMatch(
      /^Maya Okafor te ha dado una tarea\n#\d+ Reseal pump 9\n○ Por hacer · vence vie 27 nov\n\[Empezar\] \[Hecha\] \[Rechazar\]$/,
    );
    expect(message?.view.summary).toBe(`Maya Okafor te ha dado #${number} Reseal pump 9`);
    expect(message?.view.language).toBe('es');

    const done = buttonsIn(message).find(({ label }) => label === 'Hecha');
    if (!done) throw new Error('There is no such button');
    expect((await crew.presses('lucia', done)).words).toContain('● Hecha');
    await crew.settle();
    expect(lastMessageTo('maya')).toMatch(/^Lucia finished\n/);
    expect(crew.messagesTo('maya').at(-1)?.view.language).toBeUndefined();
  });

  test('reads a card in Spanish where they made the task, and there it says so for its renderer', async () => {
    await crew.says('lucia', 'add "Pintar la valla"', { channel: 'C-DOCK' });
    await crew.settle();
    const card = crew.messagesIn('C-DOCK').at(-1);
    expect(card && wordsOfView(card.view)).toMatch(
      /^#\d+ Pintar la valla\n○ Por hacer · Lucia\nde Lucia\n\[Empezar\] \[Hecha\] \[Bloquear\] \[Comentar\] \[Más…\]$/,
    );
    expect(card?.view.language).toBe('es');
  });

  test.each([
    ['dnoe', 'No conozco «dnoe». ¿Querías decir «done»? La ayuda muestra todo lo que puedo hacer.'],
    ['done 9999', 'No hay ninguna tarea #9999 que puedas ver. list muestra las tuyas.'],
    ['link DOCK', 'Eso solo pueden hacerlo los responsables. Pregunta a '],
    ['due 1 blursday', 'No hay ninguna tarea #1 que puedas ver.'],
    ['list page 201', 'Las listas terminan antes.'],
    ['list nonsense', 'No conozco «nonsense». Usa mine, team, all'],
    ['show 1.5', 'El número de una tarea son solo cifras, como 42.'],
    ['help frobnicate', 'No existe el comando «frobnicate».'],
    [`add ${'x'.repeat(301)}`, 'Ese título tiene 301 caracteres y el máximo es 300.'],
    ['add "Algo" asdf', 'No entiendo «asdf». Escríbelo como'],
  ])('hears in Spanish what is wrong with %s', async (typed, expected) => {
    const { words } = await crew.says('lucia', typed);
    expect(words.replaceAll('/task ', '')).toContain(expected);
    expect(words.replace(/\/task [\w ]*|[“«"].*?[”»"]|\b(?:team|mine|all|here)\b/g, '')).not.toMatch(english);
  });

  test('reads forms in Spanish, and the errors at their fields', async () => {
    const { reply } = await crew.says('lucia', 'add');
    const form = formOf(reply);
    expect(wordsOf(reply)).toBe(
      [
        'Nueva tarea',
        '¿Qué hay que hacer?',
        '¿Para cuándo?',
        'Prioridad',
        '¿Algo más que se deba saber?',
      ].join('\n'),
    );
    expect(form.language).toBe('es');
    const untitled = await crew.submits('lucia', form, { title: ' ' });
    expect(untitled.reply).toEqual({
      kind: 'fieldErrors',
      errors: { title: 'Di en pocas palabras qué hay que hacer.' },
    });
    const undated = await crew.submits('lucia', form, { title: 'Algo', due: 'mañana' });
    expect(undated.reply).toMatchObject({
      kind: 'fieldErrors',
      errors: {
        due: expect.stringMatching(
          /^No entiendo eso como fecha: «mañana»\. Las fechas se escriben en inglés/,
        ),
      },
    });
    const long = await crew.submits('lucia', form, { title: 'Algo', description: 'x'.repeat(10_001) });
    expect(long.reply).toMatchObject({
      errors: { description: 'Es demasiado largo: 10000 caracteres como máximo.' },
    });
  });

  test('gets help in Spanish, while the commands stay what everybody types', async () => {
    const { words } = await crew.says('lucia', 'help');
    expect(words).toMatch(/^Qué puedo hacer por ti\nDi \/task done 42 pump sealed cuando esté hecha/);
    expect(words).toContain('\nHacer: add, start, done, block');
    expect((await crew.says('lucia', 'help nudge')).words).toBe(
      'nudge\nPreguntar cómo va una tarea a quienes la tienen.\n/task nudge <n>\nTambién: ping\n[Ayuda]',
    );
    expect((await crew.says('wes', 'help')).words).toMatch(/^What I can do for you\n/);
  });

  test.each(['list', 'home', 'project list', 'whoami', 'links', 'help', 'help add', 'find pump', 'settings'])(
    'finds no English on the screen that answers %s',
    async (typed) => {
      const { words } = await crew.says('lucia', typed);
      const own = words.replace(/\/task [^\n·»]*|Harbor Works/g, '');
      expect(own).not.toMatch(english);
    },
  );
});

describe('a stranger whose profile is in Spanish', () => {
  test('is greeted, refused and let in in Spanish', async () => {
    const { words, buttons } = await crew.says('pablo', 'hello');
    expect(words).toMatch(/^Hola, Pablo\. Todavía no te conozco por pablo@elsewhere\.example/);
    const asked = await crew.presses('pablo', buttonOf({ buttons, words }, 'Pedir entrar'));
    expect(asked.words).toMatch(/^Se lo he pedido a .+ y .+\. Te avisaré\.$/);
    expect((await crew.presses('pablo', buttonOf({ buttons, words }, 'Pedir entrar'))).words).toBe(
      'Ya lo has pedido. Te escribiré en cuanto un responsable haya contestado.',
    );
    await crew.settle();
    expect(lastMessageTo('maya')).toMatch(/^Pablo Gil \(pablo@elsewhere\.example\) asks to join your crew\./);
    const letIn = buttonsIn(crew.messagesTo('maya').at(-1)).find(({ label }) => label === 'Let them in');
    if (!letIn) throw new Error('There is no such button');
    await crew.presses('maya', letIn);
    await crew.settle();
    expect(lastMessageTo('pablo')).toMatch(/^Maya Okafor te ha admitido\. Tus tareas llegarán aquí/);
  });
});

import type { Messages } from '../../messages.ts';
import { words } from './words.ts';

export const connect: Messages['connect'] = {
  platforms: { slack: 'Slack', teams: 'Teams' },
  code: (code, command, platforms) =>
    `Tu código es ${code}. En tu chat conmigo en ${words.or(platforms)}, escribe \`${command}\` antes de diez minutos. Sirve una vez; no se lo des a nadie.`,
  codeShort: 'Tu código para conectar',
  codeAck: 'Te he dicho el código en privado.',
  privately: 'Te he contestado en privado.',
  saidOnce: 'Ya lo he dicho una vez y no lo guardo. Escribe `connect` para un código nuevo.',
  nowhereElse: 'Tienes cuenta en todas las plataformas en las que estoy. `whoami` muestra dónde.',
  noCode:
    'Un código tiene diez letras y cifras, como K7QPM-3XDFA. Escribe `connect` en la otra plataforma para recibir uno.',
  wrongCode:
    'Ese código es erróneo, ya se ha usado o tiene más de diez minutos. Escribe `connect` en la otra plataforma para recibir otro.',
  ownCode: 'Ese es tu propio código: escríbelo en la otra plataforma.',
  twoAccounts: (name, platform) =>
    `${name} tiene otra cuenta en ${platform}, así que sois dos personas. Un administrador puede quitar una.`,
  formerMember:
    'Esta cuenta es de alguien que ya no está. Escribe `join` para pedir a un responsable que te deje volver.',
  sure: (name, email, platforms) =>
    `Ese código es de ${name}${email ? ` (${email})` : ''}. Si eres tú, pasas a ser una sola persona en ${words.and(platforms)}: tareas, comentarios, proyectos y roles se juntan. No se puede deshacer.`,
  sureShort: (name) => `¿Eres ${name}?`,
  thatIsMe: 'Soy yo',
  done: (name, platforms) => `Eres ${name} en ${words.and(platforms)}.`,
  ack: 'Tus cuentas están conectadas.',
  onlyOne: (platform) =>
    `Solo tienes cuenta en ${platform}: no hay nada que separar. \`connect\` añade otra.`,
  separateSure: (platform, others) =>
    `Tu cuenta de ${platform} pasa a ser otra persona, sin tareas. Todo lo demás sigue contigo en ${words.and(others)}.`,
  separate: 'Separar',
  separated: (platform, others) =>
    `Tu cuenta de ${platform} ya es otra persona. Todo lo demás sigue contigo en ${words.and(others)}.`,
  separatedAck: 'Esa cuenta está separada.',
  whichPlatform: 'Di cuál, como `disconnect teams`.',

  you: (name, roles) => `Eres ${name}, ${roles}`,
  role: 'Rol',
  roles: { admin: 'administrador', manager: 'responsable', worker: 'trabajador' },
  with: (roles, manager) => `${roles}, con ${manager}`,
  projects: 'Proyectos',
  noProjects: 'todavía ninguno',
  email: 'Correo',
  noEmail: 'no lo conozco',
  time: 'Tu hora',
  connected: 'Cuentas',
  accounts: (accounts) => words.and(accounts),
  notOn: (accounts, platforms) => `${accounts}; no en ${words.or(platforms)}`,
  connectButton: (platform) => `Conectar ${platform}`,
};

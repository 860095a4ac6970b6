import type { Messages } from '../../messages.ts';

export const auditFile: Messages['auditFile'] = {
  follows: 'El archivo llega a nuestro chat.',
  comment: (heading) => `${heading}, lo más nuevo primero. Las horas, en UTC y en la tuya.`,
  cut: (most) => `Tiene las ${most} entradas más nuevas: acótalo con \`since\` para ver el resto.`,
  missing: 'No se pudo hacer o enviar el archivo. Vuelve a intentarlo en un minuto.',
  declined: 'El archivo no se envió.',
  columns: {
    at: 'Hora (UTC)',
    local: (zone) => `Hora (${zone})`,
    who: 'Quién',
    action: 'Acción',
    outcome: 'Resultado',
    task: 'Tarea',
    details: 'Detalles',
    platform: 'Plataforma',
    source: 'Pedido por',
    target: 'Id del objeto',
    actor: 'Id de quien actuó',
    id: 'Id de la entrada',
  },
};

// Loaded into the local Slack by `npm start`: its page sends only the fields that somebody touched, and the others reach
// the bot as empty ones. Slack sends what a form was opened with.
const serve = Bun.serve;
Bun.serve = (options) =>
  serve({ ...options, ...(options.websocket ? { websocket: filled(options.websocket) } : {}) });

function filled(websocket) {
  let views = [];
  return {
    ...websocket,
    open(socket) {
      const send = socket.send.bind(socket);
      socket.send = (data, ...rest) => {
        const message = parsed(data);
        if (message?.t === 'view') views = message.stack ?? [];
        return send(data, ...rest);
      };
      return websocket.open?.(socket);
    },
    message(socket, data) {
      const message = parsed(data);
      if (message?.t !== 'view_submit') return websocket.message(socket, data);
      const values = { ...initialValues(views.at(-1)), ...message.values };
      return websocket.message(socket, JSON.stringify({ ...message, values }));
    },
  };
}

function initialValues(view) {
  const values = {};
  for (const { block_id: block, element } of view?.blocks ?? []) {
    const value = element && initialValue(element);
    if (value) values[block] = { [element.action_id]: { type: element.type, ...value } };
  }
  return values;
}

function initialValue({ initial_value: value, initial_option: option, initial_options: options }) {
  if (value !== undefined) return { value };
  if (option !== undefined) return { selected_option: option };
  return options === undefined ? undefined : { selected_options: options };
}

function parsed(data) {
  try {
    return JSON.parse(String(data));
  } catch {
    return undefined;
  }
}

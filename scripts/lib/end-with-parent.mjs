// Loaded into the bot by `npm start`: when the process that started it dies, even by `kill -9`, the bot stops in its
// usual way instead of holding its port for ever. Windows has no signals, so this is how it is asked to stop there.
process.on('disconnect', () => {
  if (!process.emit('SIGTERM', 'SIGTERM')) process.exit(1);
});
// Listening would otherwise keep the bot from ending by itself.
process.channel?.unref();

/**
 * Jest runs tests in a realm of their own, while fetch throws errors of Node's: `instanceof Error` is then false, and
 * libraries that ask lose the cause. This gives them the errors that they have outside of Jest.
 */
export function useOwnErrorsInFetch(): void {
  const { fetch } = globalThis;
  globalThis.fetch = async (...asked) => {
    try {
      return await fetch(...asked);
    } catch (thrown) {
      if (thrown instanceof Error) throw thrown;
      const { name, message, cause } = thrown as Error;
      throw Object.assign(new TypeError(message, { cause }), { name });
    }
  };
}

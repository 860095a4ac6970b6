/** The part of it that the gallery uses; the package brings no types. */
declare module 'react-dom/server' {
  export function renderToStaticMarkup(element: object): string;
}

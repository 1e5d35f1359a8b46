// Places as people read them.

/** Pages of a paged format begin at multiples of this: line 12 of page 3 is line 3012. */
const PAGE_LINES = 1000;

/** Whether the lines of a note are counted on each page or slide. */
export function isPaged(path: string): boolean {
  return /\.(pdf|pptx)$/i.test(path);
}

/** `12`, and `p3:12` in a format with pages. */
export function lineOf(path: string, line: number): string {
  return isPaged(path) ? `p${Math.floor(line / PAGE_LINES)}:${line % PAGE_LINES}` : `${line}`;
}

/** `log.txt:12`, and `manual.pdf:p3:12`. */
export function placeOf(path: string, line: number): string {
  return `${path}:${lineOf(path, line)}`;
}

// Where words stand in a picture already, so that no others are written over them.

/** How far apart the middles of two lines of words have to be. */
const APART = 12;

/** How far apart the points are that stand for a line of words. */
const STEP = 8;

export class Room {
  #taken: { x: number; y: number }[] = [];

  clear(): void {
    this.#taken = [];
  }

  /** Takes the place of a line of words round its middle, at an angle; false where others stand and it need not be. */
  take(words: { x: number; y: number; width: number; angle: number }, must: boolean): boolean {
    const count = Math.ceil(words.width / STEP);
    const points = Array.from({ length: count + 1 }, (_, at) => {
      const along = (at / Math.max(1, count) - 0.5) * words.width;
      return { x: words.x + along * Math.cos(words.angle), y: words.y + along * Math.sin(words.angle) };
    });
    const meets = !must && points.some((point) => this.#taken.some((other) => Math.hypot(other.x - point.x, other.y - point.y) < APART));
    if (!meets) this.#taken.push(...points);
    return !meets;
  }
}

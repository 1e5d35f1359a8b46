// Where discs and words stand in a picture already, so that no words are written over them.

/** How far apart the middles of two lines of words have to be. */
const APART = 12;

/** How far apart the points are that stand for a line of words. */
const STEP = 8;

/** How far words keep from the rim of a disc: about half their height. */
const RIM = 4;

/** How far a name stands from the disc it belongs to; more than what others keep. */
const GAP = 5;

interface Spot {
  x: number;
  y: number;
}

interface Round extends Spot {
  size: number;
}

/** A name to be written beside its disc. */
export interface Named {
  id: string;
  disc: Round;
  width: number;
}

interface Line extends Spot {
  width: number;
  angle: number;
}

/** Where a name stands seen from its disc, the best place first: to the right or left, and below or above. */
const SIDES = [[1, 0], [-1, 0], [0, 1], [0, -1], [1, 1], [1, -1], [-1, 1], [-1, -1]] as const;

export class Room {
  /** Points of words, and discs, by the squares that they touch. */
  #words = new Squares<Spot>();
  #discs: Squares<Round> | null = null;
  #places = new Map<string, Spot | null>();
  #width = Infinity;
  #drawn: (() => Named[]) | null = null;

  /**
   * Begins a picture of a width with discs and their names, those that matter most first; they are asked for when the
   * first words are written. Without them it is a crowd, where names stand at the right of discs and over others.
   */
  clear(width: number, drawn: (() => Named[]) | null): void {
    [this.#words, this.#places, this.#drawn, this.#discs, this.#width] = [new Squares(), new Map(), drawn, null, width];
  }

  /** Takes the place of a line of words round its middle, at an angle; false where something stands and it need not be. */
  take(line: Line, must: boolean): boolean {
    this.#settle();
    const points = along(line);
    if (!must && !this.#isFree(points)) return false;
    this.#write(points);
    return true;
  }

  /** Where a name begins: at the first side that is free, or null where none is and it need not be seen. */
  beside(name: Named, must: boolean): Spot | null {
    this.#settle();
    const known = this.#places.get(name.id);
    if (known || (known === null && !must)) return known;
    const lines = SIDES.slice(0, this.#drawn ? SIDES.length : 1).map((side) => line(name, side)).filter((line) => this.#isInside(line));
    const free = lines.find((line) => this.#isFree(along(line))) ?? (must ? (lines[0] ?? line(name, SIDES[0])) : null);
    if (free) this.#write(along(free));
    const place = free && { x: free.x - name.width / 2, y: free.y };
    this.#places.set(name.id, place);
    return place;
  }

  /** Gives each name its place before any words are written. */
  #settle(): void {
    if (this.#discs !== null) return;
    const names = this.#drawn?.() ?? [];
    this.#discs = new Squares();
    for (const { disc } of names) this.#discs.put(disc, disc, disc.size + RIM);
    for (const name of names) this.beside(name, false);
  }

  #isInside({ x, width }: Line): boolean {
    return x - width / 2 > 0 && x + width / 2 < this.#width;
  }

  #write(points: Spot[]): void {
    for (const point of points) this.#words.put(point, point, APART);
  }

  #isFree(points: Spot[]): boolean {
    const meets = (point: Spot) => this.#words.at(point).some((other) => far(point, other) < APART) || this.#discs?.at(point).some((disc) => far(point, disc) < disc.size + RIM);
    return !points.some(meets);
  }
}

/** Things by the squares of a grid that they reach. */
class Squares<Thing> {
  #squares = new Map<number, Thing[]>();

  /** Puts a thing where it reaches so far round a spot. */
  put(thing: Thing, { x, y }: Spot, reach: number): void {
    for (let column = square(x - reach); column <= square(x + reach); column++) {
      for (let row = square(y - reach); row <= square(y + reach); row++) {
        const things = this.#squares.get(key(column, row));
        if (things) things.push(thing);
        else this.#squares.set(key(column, row), [thing]);
      }
    }
  }

  /** What may reach a spot. */
  at({ x, y }: Spot): Thing[] {
    return this.#squares.get(key(square(x), square(y))) ?? [];
  }
}

function square(at: number): number {
  return Math.floor(at / (2 * APART));
}

function key(column: number, row: number): number {
  return column * 65_536 + row;
}

function far(one: Spot, other: Spot): number {
  return Math.hypot(other.x - one.x, other.y - one.y);
}

/** A name at a side of its disc. */
function line({ disc, width }: Named, [right, below]: readonly [number, number]): Line {
  const [aside, reach] = [right * (disc.size + GAP + width / 2), below * (disc.size + GAP + 7)];
  // Obliquely, it comes as near as the disc lets it.
  return right !== 0 && below !== 0 ? { x: disc.x + aside - right * disc.size * 0.6, y: disc.y + reach * 0.6, width, angle: 0 } : { x: disc.x + aside, y: disc.y + reach, width, angle: 0 };
}

/** Points that stand for a line of words. */
function along({ x, y, width, angle }: Line): Spot[] {
  const count = Math.ceil(width / STEP);
  return Array.from({ length: count + 1 }, (_, at) => {
    const from = (at / Math.max(1, count) - 0.5) * width;
    return { x: x + from * Math.cos(angle), y: y + from * Math.sin(angle) };
  });
}

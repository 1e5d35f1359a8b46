// What panels may do, and what they are told.

import type { Picture } from "./model/picture.ts";
import type { Visible } from "./model/visible.ts";
import type { Citation, Overview, Source } from "./source/shapes.ts";
import type { Store } from "./state.ts";

export interface App {
  readonly store: Store;
  readonly source: Source;
  readonly overview: Overview;
  readonly picture: Picture;
  readonly visible: Visible;
  /** Begins anew round a concept. */
  begin(name: string): void;
  select(name: string): void;
  selectPair(one: string, other: string): void;
  open(name: string): void;
  collapse(name: string): void;
  hide(name: string): void;
  pin(name: string): void;
  note(path: string, line: number, citation: Citation | null): void;
  back(): void;
  /** Fades all but these; null for none. */
  light(names: string[] | null): void;
  /** Tells what happened, on the screen and to a screen reader. */
  say(text: string): void;
}

// How things of a scene look when nothing is pointed at: worked out once a scene and colours, since it is asked for
// each of many thousand things.

import { kindOf } from "../model/visible.ts";
import { colour, mixed, type Ink } from "../palette.ts";
import type { Scene } from "./stage.ts";

/** More lines than this are one grey where they are not pale. */
const CROWDED = 2_000;

/** How a node looks. */
export interface Face {
  colour: string;
  /** The colour while something else is pointed at. */
  faded: string;
  size: number;
  /** Whether it has more relations than the hubs that are not faded. */
  hub: boolean;
}

/** How lines look: where relations have a type, and where they are no more than related. */
export interface Lines {
  typed: string;
  related: string;
}

export function faces(scene: Scene, ink: Ink): Map<string, Face> {
  const crowd = Math.min(1.5, Math.max(0.7, Math.sqrt(700 / scene.nodes.length)));
  const fades = new Map<string, string>();
  const faded = (colour: string) => {
    const known = fades.get(colour) ?? mixed(colour, ink.ground, 0.82);
    fades.set(colour, known);
    return known;
  };
  return new Map(
    scene.nodes.map((node) => {
      const degree = Math.log2(1 + node.degree);
      const size = scene.big ? (1.5 + 1.3 * degree) * crowd : 5 + 1.6 * degree;
      const own = colour(kindOf(node), ink);
      return [node.id, { colour: own, faded: faded(own), size, hub: scene.hubs > 0 && node.degree > scene.hubs }];
    }),
  );
}

export function lines(scene: Scene, ink: Ink): Lines {
  if (scene.big) {
    const calm = mixed(ink.edge, ink.ground, scene.pairs.length > CROWDED ? 0.55 : 0.2);
    return { typed: calm, related: calm };
  }
  return { typed: ink.edge, related: mixed(ink.edge, ink.ground, 0.25) };
}

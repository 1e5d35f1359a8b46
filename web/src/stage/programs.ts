// How sigma draws what there may be ten thousand of.

import type Sigma from "sigma";
import { EdgeLineProgram, NodeCircleProgram, type EdgeProgramType } from "sigma/rendering";
import type { EdgeDisplayData, NodeDisplayData } from "sigma/types";

/** A line between two discs. */
export interface Line {
  from: NodeDisplayData;
  to: NodeDisplayData;
  data: EdgeDisplayData;
}

/**
 * Lines one pixel wide that are no edges to sigma, which goes through its edges again and again, and draws them a second
 * time for the pointer. They are given from below, and asked for whenever sigma has worked out where its discs stand.
 */
export function thinLines(lines: () => Line[]): EdgeProgramType {
  return class extends EdgeLineProgram {
    constructor(context: WebGLRenderingContext, _pointer: WebGLFramebuffer | null, sigma: Sigma) {
      super(context, null, sigma);
    }

    override reallocate(): void {
      const all = lines();
      super.reallocate(all.length);
      all.forEach(({ from, to, data }, at) => this.process(0, at, from, to, data));
    }
  };
}

/** Which way the corners of the triangle lie that holds a disc. */
const CORNERS = [NodeCircleProgram.ANGLE_1, NodeCircleProgram.ANGLE_2, NodeCircleProgram.ANGLE_3];

/**
 * The discs of sigma, each corner written out. As instances of one triangle they look the same, but without a graphics
 * card each instance costs as much as a picture of its own.
 */
export class Discs extends NodeCircleProgram {
  override getDefinition() {
    const { CONSTANT_ATTRIBUTES, CONSTANT_DATA: _, ...rest } = super.getDefinition();
    return { ...rest, ATTRIBUTES: [...rest.ATTRIBUTES, ...CONSTANT_ATTRIBUTES] } as ReturnType<NodeCircleProgram["getDefinition"]>;
  }

  override processVisibleItem(index: number, at: number, data: NodeDisplayData): void {
    CORNERS.forEach((angle, corner) => {
      const next = at + (corner + 1) * this.ATTRIBUTES_ITEMS_COUNT;
      super.processVisibleItem(index, next - this.ATTRIBUTES_ITEMS_COUNT, data);
      this.array[next - 1] = angle;
    });
  }
}

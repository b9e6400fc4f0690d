// A network of the library's JSON as an OptimalitySearch takes it.
import type { Network } from '../denoise';
import type { Weights } from '../minimum_cost';

/** A network's weights as the prover takes them. */
export function weightsOf({ input_weights, biases, output_weights, skip, offset }: Network): Weights {
  const d = offset.length;
  const columns = (rows: number[][]) => Float64Array.from(Array.from({ length: d }, (_, j) => rows.map((row) => row[j]!)).flat());
  return {
    inputWeights: Float64Array.from(input_weights.flat()),
    biases: Float64Array.from(biases),
    outputWeights: Float64Array.from(output_weights.flat()),
    skip: columns(skip),
    offset: Float64Array.from(offset),
  };
}

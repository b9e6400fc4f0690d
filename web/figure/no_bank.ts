/** A figure alone has no button that trains a diffusion model. */
export class Bank {
  train = async (): Promise<null> => null;
  stop = (): void => undefined;
}

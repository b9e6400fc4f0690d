/// <reference types="vite/client" />

declare module '#denoise/denoise.wasm?url' {
  const url: string;
  export default url;
}
declare module '#denoise/minimum_cost.wasm?url' {
  const url: string;
  export default url;
}
declare module '*?mathml' {
  const formulas: Record<string, string>;
  export default formulas;
}

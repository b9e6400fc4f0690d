/** A figure alone: it is compared with nothing, and its window stays, so that the page around it scrolls. */
export const laboratoryParts = () => ({});

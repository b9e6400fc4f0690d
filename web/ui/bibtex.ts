// How the page and the papers are cited: as CITATION.cff has them, which tests/page/bibtex.test.mjs holds.
import { provenanceLine, type Provenance } from './provenance';

const papers = `@inproceedings{zeno2023minimum,
  title     = {How do Minimum-Norm Shallow Denoisers Look in Function Space?},
  author    = {Zeno, Chen and Ongie, Greg and Blumenfeld, Yaniv and Weinberger, Nir and Soudry, Daniel},
  booktitle = {Advances in Neural Information Processing Systems},
  year      = {2023},
  eprint    = {2311.06748},
  archivePrefix = {arXiv}
}

@inproceedings{zeno2025diffusion,
  title     = {When Diffusion Models Memorize: Inductive Biases in Probability Flow of Minimum-Norm Shallow Neural Nets},
  author    = {Zeno, Chen and Manor, Hila and Ongie, Greg and Weinberger, Nir and Michaeli, Tomer and Soudry, Daniel},
  booktitle = {International Conference on Machine Learning},
  year      = {2025},
  eprint    = {2506.19031},
  archivePrefix = {arXiv}
}
`;

/** In an address these end a BibTeX field or begin a comment. */
const quoted = (address: string): string => address.replace(/[%#{}\\]/g, (c) => `\\${c}`);

export const bibtex = (link: string, from: Provenance): string => `@software{libdenoise,
  title   = {libdenoise: minimum-norm shallow ReLU denoisers},
  author  = {{The libdenoise developers}},
  version = {${from.version}},
  license = {MIT},
  url     = {${quoted(link)}},
  note    = {${provenanceLine(from)}}
}

${papers}`;

// The story as text: each chapter one idea, with the state that its figure shows. Nothing but text, so
// that the page without scripts (scripts/story_page.ts) is made of it too. Numbers in braces are computed
// (numbers.ts); a number that is written out is docs/theory.md's.

export type Mark = 'theorem' | 'certified' | 'derived' | 'measured' | 'open';
export type Source = 'Z23' | 'Z25' | 'S19';

export const sources: Record<Source, { text: string; href: string }> = {
  Z23: { text: 'Zeno et al. 2023', href: 'https://arxiv.org/abs/2311.06748' },
  Z25: { text: 'Zeno et al. 2025', href: 'https://arxiv.org/abs/2506.19031' },
  S19: { text: 'Savarese et al. 2019', href: 'https://arxiv.org/abs/1902.05040' },
};

/** What is claimed, how it is known, and by whom; no source: by this project, in docs/theory.md. */
export interface Claim {
  mark: Mark;
  text: string;
  source?: Source;
}

/** What a reader may do in a chapter (acts.tsx). */
export type Act = 'train' | 'middle' | 'radius' | 'start' | 'sigma' | 'third' | 'turn' | 'apex' | 'methods' | 'shapes' | 'add' | 'proof' | 'blend' | 'spread' | 'take';
/** What the story draws over the scene's figure, or in its place: risks. */
export type Over = 'cobweb' | 'ramps' | 'risk';

/** What the text says of the figure. */
export interface Said {
  paragraphs: string[];
  tries: string; // what to try
  picture: string; // what is seen
  leavesOut: string; // by it, in half a line
}

/** What it says otherwise; of the paragraphs only those that differ, by their number from 0. */
export type Turn = Partial<Omit<Said, 'paragraphs'>> & { paragraphs?: Record<number, string> };

export interface Chapter extends Said {
  id: string;
  title: string;
  state: string; // the hash of a link
  trains?: boolean; // when it comes into view
  over?: Over;
  beside?: 'roses' | 'ends'; // which of the scene's small figures is shown too
  formula?: string; // the closed form that is written out, of the state's points
  acts: Act[];
  claims: Claim[];
  turns?: Record<string, Turn>; // where a reader has taken the figure: by the name that turns.ts gives
}

// Of the chapter on regularisation, where weights have a price.
const certifies = 'Train it in each of the three ways. A bound proves how far this run ends from the best network of any width for its samples: at most {gap}.';
// Of the one on any points.
const programme = 'Where no theorem speaks, a convex programme does. It finds a network and, with it, a bound that no network of finitely many neurons can pass';

export const chapters: readonly Chapter[] = [
  {
    id: 'question',
    title: 'The question',
    state: 'v=1&scene=line&layers=closed-form,trained,rug',
    trains: true,
    paragraphs: [
      'A network sees noisy copies of three clean points on a line, and must send each copy back to the point it came from. Countless networks do that without error. Take the one whose weights are least: what does it do in between, where it saw nothing?',
      'Trained here for {steps}, it differs by {distance} of the diameter from one particular function, the thick blue one, which a theorem names.',
    ],
    tries: 'Train it again, from other random weights. It arrives at the same curve.',
    acts: ['train'],
    claims: [
      { mark: 'theorem', text: 'the function of the network of least weights among those that denoise these intervals exactly is unique and known', source: 'Z23' },
      { mark: 'measured', text: 'how near this run comes' },
    ],
    picture: 'h(y), what a denoiser makes of a noisy y, for three clean points on the diagonal. Pale bands: the noise intervals; ticks: noisy samples. Blue: the function of the theorem; vermilion: the network.',
    leavesOut: 'a window of the line; beyond it both functions stay constant',
    turns: {
      unmeasured: { paragraphs: { 1: 'How far it is from one particular function, the thick blue one, which a theorem names, is being measured.' } },
    },
  },
  {
    id: 'bends',
    title: 'Flat where it must, straight where it may',
    state: 'v=1&scene=line&layers=closed-form,knots',
    paragraphs: [
      'To send a whole interval to one point, *h* must be flat on it. The weights pay for bends and for nothing else: the cost is the total change of slope. So between two intervals the cheapest *h* is straight.',
      'Each pin below the plot is a bend, as long as the slope changes there. The slopes in between are {slopes}, and the cost is twice their sum: {least}. When two intervals nearly touch, it grows without bound.',
    ],
    formula: 'one-dimensional',
    tries: 'Move the middle point, or widen the noise until the intervals nearly touch.',
    acts: ['middle', 'radius'],
    claims: [
      { mark: 'theorem', text: 'least weights = total change of slope, where a linear part is free', source: 'S19' },
      { mark: 'theorem', text: 'the closed form on a line, and its cost', source: 'Z23' },
    ],
    picture: 'The denoiser of least cost, flat on each noise interval and straight between; below it its bends, with their size and sign.',
    leavesOut: 'the network’s linear part, which costs nothing and is 0 here',
  },
  {
    id: 'contraction',
    title: 'It draws every point in',
    state: 'v=1&scene=line&layers=closed-form,empirical-mmse',
    over: 'cobweb',
    paragraphs: [
      'Apply *h* again and again: up or down to the curve, across to the diagonal. From {start} the walk comes to {end}. Unless *y* stands still, each application brings it nearer to some clean point.',
      'Where the curve meets the diagonal a point stays: the clean points (filled), which attract, and the midpoint of each gap (hollow), which repels. Dashed is the usual answer, the mean of the clean points weighted by how likely each is: a rounded staircase.',
    ],
    tries: 'Move the start across a hollow point.',
    acts: ['start'],
    claims: [
      { mark: 'theorem', text: 'contraction toward the clean points; besides them only the midpoints stay', source: 'Z23' },
      { mark: 'derived', text: 'the dashed curve is the posterior mean under Gaussian noise (Bayes)' },
    ],
    picture: 'Repeated application of the denoiser, drawn as steps between its curve and the diagonal. Filled: fixed points that attract; hollow: those that repel. Below: which clean point each start goes to.',
    leavesOut: 'steps too small to see',
  },
  {
    id: 'risk',
    title: 'Why that can be better',
    state: 'v=1&scene=line&preset=line-5&radius=0.05&layers=closed-form,empirical-mmse&risk=0.05',
    over: 'risk',
    paragraphs: [
      'Let the truth be any number between −1 and 1, all alike, and let only five of them have been seen. A denoiser’s *risk* is its mean squared error. At *σ* = {sigma} that of the weighted mean of the five points is {risk-empirical}: it sends nearly every *y* back to one of them. The network of least cost, with intervals of radius *σ*, errs by {risk-least}. Best possible, for who knows how the truth is spread, is {risk-best}.',
      'With more noise the order turns: at *σ* = 0.2 least cost has {wide-least}, the weighted mean {wide-empirical}, the best {wide-best}. The theorem speaks of small noise.',
    ],
    tries: 'Move *σ*; then move the third point away from the middle.',
    acts: ['sigma', 'third'],
    claims: [
      { mark: 'theorem', text: 'for a truth with mass between the points, least cost errs less than the weighted mean where the noise is small enough', source: 'Z23' },
      { mark: 'derived', text: 'weighted mean and best possible are posterior means (Bayes)' },
      { mark: 'measured', text: 'the risks, by quadrature to about ten digits; where the order turns' },
    ],
    picture: 'Risk against the noise level, both on logarithmic scales. Blue: the network of least cost; green, dashed: the mean of the clean points weighted by how likely each is; black: the best possible.',
    leavesOut: 'more noise than twice that at which intervals touch, where least cost ends',
  },
  {
    id: 'ramps',
    title: 'In the plane: ramps along edges',
    state: 'v=1&scene=plane&preset=obtuse&layers=field,directions&field=closed-form',
    over: 'ramps',
    paragraphs: [
      'In the plane a pair of neurons is a *ramp*: a strip across which *h* moves from one place to another; beside it the pair adds nothing new. Where the angle at one point is right or obtuse, the cheapest denoiser is one ramp along each edge that meets there.',
      'An edge of length *D* costs 2*D*/(*D* − 2*ρ*), with noise balls of radius *ρ*. Here that is {ramp-costs}, together {least}.',
    ],
    formula: 'obtuse-simplex',
    tries: 'Turn one edge about the blunt corner, now {angle}. The strips turn along; down to 90° the cost does not change.',
    acts: ['turn'],
    claims: [{ mark: 'theorem', text: 'ramps along the edges at a corner without acute angles, and the cost', source: 'Z23' }],
    picture: 'Three clean points with an obtuse angle at the first, and their noise balls. Arrows point from y towards h(y); the two blue strips are the ramps, each across an edge (dashed).',
    leavesOut: 'a window of the plane; the strips go on. Arrows are drawn at a quarter of their length',
  },
  {
    id: 'ninety',
    title: 'Ninety degrees',
    state: 'v=1&scene=plane&points=0,1.7320508075688774;-1,0;1,0&radius=0.15&layers=field,directions&field=closed-form',
    over: 'ramps',
    paragraphs: [
      'With the scrolling the apex rises; its angle is {apex} now. Above 90° there are two strips, along the edges. At 90° they meet the altitudes. Below, a third strip opens, and all three run along the altitudes: the normals of the faces.',
      'What is drawn costs {least}. At 60°, the equilateral triangle, a theorem says that this is least. In between it is certified by computation; in triangles without symmetry the least cost lies a little lower still.',
    ],
    formula: 'acute-triangle',
    tries: 'Drag the apex through 90° yourself.',
    acts: ['apex'],
    claims: [
      { mark: 'theorem', text: 'obtuse and right triangles; the equilateral one', source: 'Z23' },
      { mark: 'certified', text: 'isosceles triangles with noise up to 0.81 of the least altitude; scalene ones, 110 of them, were off by at most 0.014 % there' },
    ],
    picture: 'A triangle whose apex moves. Blue strips: the ramps of the denoiser of least cost; cross: the constant c from which they start; dashed: the edges.',
    leavesOut: 'a window of the plane; the strips go on. Arrows are drawn at a quarter of their length',
  },
  {
    id: 'training',
    title: 'Training finds it',
    state: 'v=1&scene=plane&layers=boundaries',
    trains: true,
    beside: 'roses',
    paragraphs: [
      'Nobody tells the network of faces. It starts with {width} neurons, each a line in the plane at which it switches, in random directions. Training turns them and lets those of one line merge: {neurons} now.',
      'The rose sums the neurons’ weight by direction. The mean |cos| with the faces’ normals is {alignment}, where directions by chance have {chance}. The function is {distance} of the diameter from the theorem’s.',
    ],
    formula: 'equilateral-triangle',
    tries: 'Train again, from other random weights.',
    acts: ['train'],
    claims: [
      { mark: 'theorem', text: 'the denoiser of least cost of an equilateral triangle', source: 'Z23' },
      { mark: 'measured', text: 'that training arrives there; no theorem says that it must' },
    ],
    picture: 'The lines at which the network’s neurons switch (vermilion, fainter with less weight) over those of the theorem (blue).',
    leavesOut: 'neurons with less than a ten-thousandth of the weight',
  },
  {
    id: 'regularisation',
    title: 'What regularisation decides',
    state: 'v=1&scene=plane&method=weight-decay&lambda=0&layers=boundaries',
    trains: true,
    paragraphs: [
      'The same points, the same samples, the same first weights; but now the weights have no price. The loss falls to {loss} all the same. The function is another one: {distance} of the diameter away, at cost {cost} where {least} would do.',
      'A small price, weight decay, leads near to the theorem’s function, with a bias; the augmented Lagrangian asks for the least cost among the networks that fit, and gets there.',
    ],
    tries: 'Train it in each of the three ways. Where weights have a price, a bound proves how far the run ends from the best network for its samples.',
    acts: ['methods'],
    claims: [
      { mark: 'measured', text: 'loss, cost and distance of the run that is shown' },
      { mark: 'certified', text: 'how far it is from the best network of any width, by a dual bound, where weights have a price' },
    ],
    picture: 'The lines at which neurons switch after training without a price on the weights (vermilion): many cross where none is needed. Blue: those of the least cost.',
    leavesOut: 'other seeds, which without a price end elsewhere',
    turns: {
      decay: {
        paragraphs: {
          0: 'The same points, the same samples, the same first weights; but now the weights have a small price, weight decay. A fit that is not quite exact saves weight: the loss is {loss} here. The function is {distance} of the diameter from the theorem’s, at cost {cost} where an exact fit takes {least}.',
          1: 'Without a price the loss falls all the same, but the function is another one; the augmented Lagrangian asks for the least cost among the networks that fit, and gets there.',
        },
        tries: certifies,
        picture: 'The lines at which the neurons of a network trained with weight decay switch (vermilion), and those of the least cost (blue), near to which they come.',
      },
      lagrangian: {
        paragraphs: {
          0: 'The same points, the same samples, the same first weights; but now the augmented Lagrangian asks for the least cost among the networks that fit. The loss is {loss} here. The function is {distance} of the diameter from the theorem’s, at cost {cost}, where that of the theorem has {least}.',
          1: 'Without a price on the weights the loss falls all the same, but the function is another one; a small price, weight decay, leads near to the theorem’s, with a bias.',
        },
        tries: certifies,
        picture: 'The lines at which the neurons of a network trained by the augmented Lagrangian switch (vermilion), and those of the least cost (blue), to which they come.',
      },
    },
  },
  {
    id: 'any-points',
    title: 'Any points',
    state: 'v=1&scene=plane&preset=hexagon&layers=field&field=closed-form',
    over: 'ramps',
    paragraphs: [
      `${programme}; for the points shown it costs {least}.`,
      'A regular hexagon falls into three problems on a line, a grid into two. A pentagon does not fall apart. And some arrangements have no finite network at all: widen the noise of the pentagon and see.',
    ],
    formula: 'zonogon',
    tries: 'Choose points, drag them, add one. Then open the proof.',
    acts: ['shapes', 'add', 'radius', 'proof'],
    claims: [
      { mark: 'theorem', text: 'products, such as grids, cost the sum of their factors (proved in this project’s theory)' },
      { mark: 'certified', text: 'hexagon and pentagon, and what you make: network and bound agree to eight digits or more, or the page says so' },
      { mark: 'open', text: 'when other arrangements fall apart, and the optimum at infinite width' },
    ],
    picture: 'Clean points, their noise balls, and the ramps of a denoiser whose cost is proved to be least.',
    leavesOut: 'networks of infinitely many neurons, which may cost less',
    turns: {
      near: { picture: 'Clean points, their noise balls, and the ramps of a denoiser whose cost is proved to be near the least.' },
      none: {
        paragraphs: { 0: `${programme}; for the points shown no finite network exists, and so there is no least cost.` },
        tries: 'Less noise, or points that lie otherwise, have a network again, and a proof to open.',
        picture: 'Clean points and their noise balls alone: no finite network sends each ball to its point.',
        leavesOut: 'networks of infinitely many neurons',
      },
      unknown: {
        paragraphs: { 0: `${programme}; for the points shown the least cost is not known.` },
        tries: 'Choose other points: the programme takes up to 40.',
        picture: 'Clean points and their noise balls; what the least cost is here is not known.',
      },
    },
  },
  {
    id: 'digits',
    title: '784 dimensions',
    state: 'v=1&scene=images&images=0,16,23&noise=balls&samples=20&method=augmented-lagrangian&width=60&subspace',
    trains: true,
    paragraphs: [
      'A picture of 28 × 28 pixels is a point in 784 dimensions, and three of them span a plane. In it everything is as before; across it nothing happens. These three zeros make an obtuse triangle, so a theorem gives their denoiser, at cost {least}.',
      'Slide from one picture to another. The posterior mean switches from one to the other at once, at half the way. The network of least cost passes through a ramp, and shows shades of both.',
    ],
    tries: 'Slide along each edge of the triangle.',
    acts: ['blend'],
    claims: [
      { mark: 'theorem', text: 'points in a subspace; ramps along edges', source: 'Z23' },
      { mark: 'open', text: 'why networks trained on a thousand samples lean out of the pictures’ plane' },
    ],
    picture: 'Three handwritten zeros, noisy copies, and what the denoisers make of them.',
    leavesOut: 'pixels darker than black or lighter than white, which are clipped',
  },
  {
    id: 'flow',
    title: 'A diffusion model made of them',
    state: 'v=1&scene=flow',
    beside: 'ends',
    paragraphs: [
      'A diffusion model denoises a little, and again with less noise, until none is left. Built of least-cost denoisers it lets particles flow from noise to where they end. At a right angle each ends exactly where the first denoiser would have sent it.',
      'Some end at a training point: memorised. Some end at a sum of training points, the fourth corner here, which nobody showed it. Those that start within a ramp end in between, on the boundary of the box or inside.',
    ],
    tries: 'Start with more noise, or less: σ at the start decides how many end in between.',
    acts: ['spread'],
    claims: [
      { mark: 'theorem', text: 'the stable points of orthogonal data are the training points and their sums', source: 'Z25' },
      { mark: 'derived', text: 'the flow of orthogonal data ends at one application of the first denoiser' },
    ],
    picture: 'Particles that flow from noise (dots with trails) to training points, to the sum of two of them, and to the edges of their box.',
    leavesOut: 'the ends are those of the particles drawn; other draws vary as the intervals in the table say',
  },
  {
    id: 'take',
    title: 'Take it with you',
    state: 'v=1&scene=plane&preset=acute&layers=field&field=closed-form',
    over: 'ramps',
    paragraphs: [
      'All of this runs in your browser, and nothing is sent anywhere. The laboratory has every control: points, noise, method, width, seed. What you find there is a link that gives the same numbers to whoever opens it, a figure, a frame for an article, or an experiment for the command line.',
      'Proved: lines, corners without acute angles, equilateral triangles, products. Certified case by case: the rest of the plane, up to 40 points, and up to 10 in space. Measured: that training arrives. Open: scalene triangles in closed form, as the one shown; when arrangements fall apart; infinite width.',
    ],
    tries: '',
    acts: ['take'],
    claims: [{ mark: 'certified', text: 'the cost of the triangle shown, {least}: below that of its closed form, and by a bound not above the least' }],
    picture: 'A scalene acute triangle: its optimum is certified, but not known in closed form.',
    leavesOut: 'that a ramp’s two lines need not be parallel here: they differ by hundredths of a degree',
  },
];

export const chapterNamed = (id: string): Chapter => chapters.find((chapter) => chapter.id === id) ?? chapters[0]!;

// The story: text that is scrolled, beside one figure that stays in view and has each chapter's state.
//   data-testid   chapter-<id>, story-<act>, live-<name> (a number in the text), laboratory-<id>, leaves-out,
//                 story-figure, with data-shows (the chapter whose state it has) and data-rest (of training)
import { signal, useComputed, type Signal } from '@preact/signals';
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { Figure } from '../drawing/figure';
import { Badge } from '../ui/badge';
import { FormOf, Lighting, Maths, type Lit } from '../ui/formula';
import { Parts } from '../ui/parts';
import { title } from '../ui/words';
import { ActOf } from './acts';
import { Apex } from './apex';
import { chapters, sources, type Chapter, type Claim, type Said } from './chapters';
import { cobwebOf, drawCobweb } from '../scenes/line/cobweb';
import { start } from './start';
import { numberOf, type Shown } from './numbers';
import { partsOf } from './parts';
import { drawStrips, stripsOf } from '../scenes/points/ramps';
import { Reader } from './reading';
import { followRisks, riskInputs } from './risk';
import { drawRisk } from '../scenes/line/risk_figure';
import { stillNumbers, stillOf } from './stills';
import { longest, saidIn, turnOf } from './turns';
import './story.css';

interface StoryProps {
  app: Shown;
  chapter: Signal<string | null>;
}

/** On paper is what belongs to the still pictures. */
const paper = matchMedia('print');
const onPaper = signal(paper.matches);
paper.addEventListener('change', () => (onPaper.value = paper.matches));

/** A number of this chapter: what the figure gives now, or where it shows another chapter, what it gave. */
function Live({ app, name, of, live }: { app: Shown; name: string; of: string; live: boolean }) {
  const still = stillNumbers[of]?.[name] ?? '–';
  const last = useRef(still);
  if (live) last.current = numberOf(app, name) ?? '–';
  // As wide as it will be: the text does not break anew when the number comes.
  return (
    <span class="live" data-testid={`live-${name}`} data-still={still}>
      {onPaper.value ? still : last.current}
    </span>
  );
}

interface TextProps {
  app: Shown;
  of: string; // the chapter
  live: boolean; // whether the figure has its state
}

const Written = ({ text, ...rest }: TextProps & { text: string }) => (
  <>{partsOf(text).map((part, i) => (part.kind === 'number' ? <Live key={i} name={part.text} {...rest} /> : part.kind === 'slanted' ? <i key={i}>{part.text}</i> : part.text))}</>
);

/** Words in whose place longer ones may come: with room for those. */
const Turning = ({ room, ...rest }: TextProps & { text: string; room: string }) =>
  room === '' ? (
    <Written {...rest} />
  ) : (
    <span class="turning" data-room={room}>
      <span>
        <Written {...rest} />
      </span>
    </span>
  );

/** What the chapter says: of its figure now, or where that shows another chapter, what it said. */
function useSaid(app: Shown, chapter: Chapter, live: boolean): Said {
  const turn = useComputed(() => turnOf(app, chapter.id));
  const last = useRef('');
  if (live) last.current = turn.value;
  return saidIn(chapter, onPaper.value ? '' : last.current);
}

function ClaimOf({ claim: { mark, text, source }, ...rest }: TextProps & { claim: Claim }) {
  const by = source === undefined ? null : sources[source];
  return (
    <li>
      <b class={`mark ${mark}`}>{mark}</b> <Written text={text} {...rest} />
      {by !== null && (
        <>
          {' · '}
          <a href={by.href}>{by.text}</a>
        </>
      )}
    </li>
  );
}

interface ChapterProps {
  app: Shown;
  reader: Reader;
  chapter: Chapter;
  number: number;
}

function Section({ app, reader, chapter, number }: ChapterProps) {
  const live = reader.isShown(chapter.id);
  const said = useSaid(app, chapter, live);
  const of = { app, of: chapter.id, live };
  const refusal = app.refusal.value;
  const use = () => reader.use(chapter.id);
  return (
    <section id={`story=${chapter.id}`} class={`chapter ${chapter.id}${reader.chapter.id === chapter.id ? ' current' : ''}`} data-testid={`chapter-${chapter.id}`} aria-labelledby={`title-${chapter.id}`}>
      <div class="words">
        <h2 id={`title-${chapter.id}`}>
          <small>{number}</small> {chapter.title}
        </h2>
        {said.paragraphs.map((text, i) => (
          <p key={i}>
            <Turning text={text} room={longest(chapter, ({ paragraphs }) => paragraphs[i]!)} {...of} />
          </p>
        ))}
        {chapter.formula !== undefined && <Formula app={app} form={chapter.formula} trains={chapter.trains === true} live={live} use={use} />}
        <img class="still" src={stillOf(chapter.id)} alt={chapter.picture} loading="lazy" />
        <div class="acts" onPointerDown={use} onFocusIn={use}>
          {chapter.tries !== '' && (
            <p class="tries">
              <Turning text={said.tries} room={longest(chapter, ({ tries }) => tries)} {...of} />
            </p>
          )}
          {chapter.acts.map((name) => (
            <ActOf key={name} name={name} app={app} />
          ))}
          {live && refusal !== null && (
            <p class="refusal" role="alert">
              {refusal.message}
            </p>
          )}
        </div>
        <ul class="claims" aria-label="How it is known">
          {chapter.claims.map((claim) => (
            <ClaimOf key={claim.text} claim={claim} {...of} />
          ))}
        </ul>
        <p class="seen">
          {said.picture} <span class="left-out">Left out: {said.leavesOut}.</span>
        </p>
        <a class="onward" data-testid={`laboratory-${chapter.id}`} href={`#${live && app.description.value !== null ? app.hash() : chapter.state}`}>
          Open in the laboratory
        </a>
      </div>
    </section>
  );
}

const unlit = signal<Lit | null>(null); // while the figure shows another chapter

/** The closed form of the points that are shown, whose terms light up in the figure, with the picture's numbers. */
function Formula({ app, form, trains, live, use }: { app: Shown; form: string; trains: boolean; live: boolean; use: () => void }) {
  const { lit, Terms } = app.shown;
  const description = live ? app.description.value : null;
  return (
    <div class="written" onPointerDown={use} onFocusIn={use}>
      <Lighting lit={live && lit !== undefined ? lit : unlit}>
        {trains && <Maths name="model" />}
        <FormOf form={description === null ? form : (description.closed_form?.form ?? 'none')} />
        <div class="terms-place">{live && Terms !== undefined && <Terms />}</div>
      </Lighting>
    </div>
  );
}

/** Risks, in place of the scene's figure. */
function RiskFigure({ app }: { app: Shown }) {
  useEffect(() => followRisks(app), []);
  return (
    <div class="stage">
      <div class="main">
        <Figure class="risk-figure" main label="Risk of three denoisers against the noise level" inputs={() => riskInputs(app)} draw={drawRisk} />
      </div>
    </div>
  );
}

/** The scene's figure, and what the story draws over it. */
function Scene({ app, chapter }: { app: Shown; chapter: Chapter }) {
  const { scene } = app.state.value;
  const shown = app.shown;
  // What stands elsewhere is another element, and not one that moved.
  return (
    <div class="scene" data-over={chapter.over} data-beside={chapter.beside} data-chapter={chapter.id} key={`${scene} ${chapter.beside} ${chapter.over === 'risk'}`}>
      {chapter.over === 'risk' ? <RiskFigure app={app} /> : <shown.Figure />}
      {chapter.over === 'cobweb' && scene === 'line' && <Figure class="over line-figure" label="The walk of repeated application" inputs={() => cobwebOf(app, start.value)} draw={(svg, inputs, size) => drawCobweb(svg, inputs, size, 'beneath')} />}
      {chapter.over === 'ramps' && scene === 'plane' && <Figure class="over plane-figure square-figure" label="The ramps as strips" inputs={() => stripsOf(app)} draw={drawStrips} />}
    </div>
  );
}

/** What the figure leaves out. */
function LeavesOut({ app, reader, chapter }: Omit<ChapterProps, 'number'>) {
  const { leavesOut } = useSaid(app, chapter, reader.isShown(chapter.id));
  return (
    <p class="leaves-out" data-testid="leaves-out">
      Left out: {leavesOut}.
    </p>
  );
}

function Contents({ reader }: { reader: Reader }) {
  const at = reader.chapter.id;
  return (
    <nav class="contents" aria-label="Chapters">
      <ol>
        {chapters.map(({ id, title: text }, i) => (
          <li key={id}>
            <a href={`#story=${id}`} aria-current={id === at ? 'step' : undefined} aria-label={`${i + 1}. ${text}`} title={text}>
              {i + 1}
            </a>
          </li>
        ))}
      </ol>
    </nav>
  );
}

/** How far down the window the line is that the chapter being read crosses: below the figure of a phone. */
const readingLine = (): number => innerHeight * (document.body.clientWidth <= 860 ? 0.66 : 0.5);

/** So many chapters are there at once where the story is read from its beginning; as many more in each task
 *  after it. All at once they take a long one, before the figure is there. */
const atOnce = 3;

export function Story({ app, chapter }: StoryProps) {
  const text = useRef<HTMLElement>(null);
  const [there, setThere] = useState(chapter.peek() === '' ? atOnce : chapters.length);
  const reader = useMemo(() => new Reader(app, chapter), []);
  const apex = useMemo(() => new Apex(), []);
  useEffect(() => {
    let frame = 0;
    const read = () => {
      frame = 0;
      const sections = [...(text.current?.querySelectorAll<HTMLElement>('.chapter') ?? [])];
      if (sections.length === 0) return; // the laboratory has come
      const line = readingLine();
      const above = sections.filter((section) => section.getBoundingClientRect().top <= line);
      const here = above.at(-1) ?? sections[0]!;
      // To bring what is focused by keyboard into view is not to read on.
      const used = text.current?.querySelector('.chapter.current .acts :focus-visible')?.getBoundingClientRect();
      if (used !== undefined && used.bottom > 0 && used.top < innerHeight) return;
      reader.scrolled(chapters[Math.max(0, above.length - 1)]!.id);
      const { top, height } = here.getBoundingClientRect();
      if (reader.isShown('ninety') && here.classList.contains('ninety')) apex.scroll(app, (line - top) / height);
      else apex.begin();
    };
    const scrolled = () => (frame ||= requestAnimationFrame(read));
    const stop = reader.start(scrolled);
    addEventListener('scroll', scrolled, { passive: true });
    addEventListener('resize', scrolled);
    return () => {
      stop();
      removeEventListener('scroll', scrolled);
      removeEventListener('resize', scrolled);
      cancelAnimationFrame(frame);
    };
  }, []);
  const linked = useRef(''); // a chapter to go to that was not there yet
  useEffect(() => {
    text.current?.querySelector(`[data-testid="chapter-${linked.current}"]`)?.scrollIntoView();
    linked.current = '';
    if (there >= chapters.length) return;
    const more = setTimeout(() => setThere(there + atOnce));
    return () => clearTimeout(more);
  }, [there]);
  // A link to a chapter was followed, or the story opens on one.
  useEffect(() => {
    const to = () => {
      const id = chapter.peek();
      const section = text.current?.querySelector(`[data-testid="chapter-${id}"]`);
      if (section) section.scrollIntoView();
      else if (id === '') scrollTo(0, 0);
      else if (id !== null) {
        linked.current = id;
        setThere(chapters.length);
      }
    };
    to();
    addEventListener('popstate', to);
    return () => removeEventListener('popstate', to);
  }, []);
  const now = reader.chapter;
  return (
    <>
      <header class="top story-top">
        <h1>{title}</h1>
        <Parts app={app} reads />
      </header>
      <Contents reader={reader} />
      <div class="story">
        <main class="text" ref={text}>
          {chapters.slice(0, there).map((each, i) => (
            <Section key={each.id} app={app} reader={reader} chapter={each} number={i + 1} />
          ))}
        </main>
        <aside class={`pane layout ${app.state.value.scene} of-points`} aria-label="Figure" data-testid="story-figure" data-shows={reader.isShown(now.id) ? now.id : ''} data-rest={app.readings.value?.status.rest ?? ''}>
          <Scene app={app} chapter={reader.drawn} />
          <Badge store={app} />
          <p class="note" role="status" hidden={app.note.value === ''}>
            {app.note.value}
          </p>
          <LeavesOut key={reader.drawn.id} app={app} reader={reader} chapter={reader.drawn} />
        </aside>
      </div>
    </>
  );
}

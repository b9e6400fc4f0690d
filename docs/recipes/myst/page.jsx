// What MyST makes of the paper, shown without its themes, which it fetches from its own server: widgets by the
// component that the themes have for them.
import { createRoot } from 'react-dom/client';
import { ANY_RENDERERS } from '@myst-theme/anywidget';
import paper from './_build/site/content/index.json';

const { anywidget: AnyWidget } = ANY_RENDERERS;
const tags = { paragraph: 'p', container: 'figure', caption: 'figcaption', inlineCode: 'code' };

function Node({ node }) {
  // Files stand beside the page, at whatever address that is.
  if (node.type === 'anywidget') return <AnyWidget node={{ ...node, esm: new URL(`.${node.esm}`, document.baseURI).href }} />;
  if (node.type === 'iframe') return <iframe src={node.src} width={node.width} title="A minimum-norm denoiser" />;
  if (node.value !== undefined) return node.type === 'inlineCode' ? <code>{node.value}</code> : node.value;
  const Tag = tags[node.type] ?? 'div';
  return <Tag>{node.children?.map((child, n) => <Node key={n} node={child} />)}</Tag>;
}

createRoot(document.getElementById('root')).render(
  <main>
    <h1>{paper.frontmatter.title}</h1>
    <Node node={paper.mdast} />
  </main>,
);

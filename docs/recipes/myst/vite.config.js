export default { publicDir: '_build/site/public' };

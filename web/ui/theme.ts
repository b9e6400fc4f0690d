/** Light or dark as the address names it, `?theme=dark` before its `#`; else as the reader's browser is. */
export function followTheme(): void {
  const theme = new URLSearchParams(location.search).get('theme');
  if (theme === 'light' || theme === 'dark') document.documentElement.style.colorScheme = theme;
}

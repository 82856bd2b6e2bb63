/** Copies a snippet; where a page from a file may not, the text is selected. */
export const copyScript = `
document.addEventListener('click', async (event) => {
  const button = event.target.closest('button.copy');
  if (!button) return;
  const code = button.parentElement.querySelector('pre');
  try { await navigator.clipboard.writeText(code.textContent); button.textContent = 'copied'; }
  catch { getSelection().selectAllChildren(code); button.textContent = document.execCommand('copy') ? 'copied' : 'selected'; }
  setTimeout(() => { button.textContent = 'copy'; }, 1500);
});
`;

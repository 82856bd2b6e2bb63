/** Where results go unless told otherwise: `runs/unet-20250131-174500`, local time. */
export function defaultFolder(name: string): string {
  const now = new Date();
  const part = (n: number): string => `${n}`.padStart(2, '0');
  const date = `${now.getFullYear()}${part(now.getMonth() + 1)}${part(now.getDate())}`;
  return `runs/${name}-${date}-${part(now.getHours())}${part(now.getMinutes())}${part(now.getSeconds())}`;
}

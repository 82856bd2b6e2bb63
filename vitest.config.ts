import { defineConfig, type ViteUserConfig } from 'vitest/config';

const folder = (name: string): string => new URL(`./src/${name}`, import.meta.url).pathname;

const config: ViteUserConfig = defineConfig({
  resolve: {
    // Tests and examples import the package by name, as users do, but run its sources.
    alias: [
      { find: /^cotangent$/, replacement: folder('index.ts') },
      { find: /^cotangent\/([\w/]+)$/, replacement: `${folder('')}$1/index.ts` },
    ],
  },
  test: {
    include: ['test/**/*.test.ts'],
    setupFiles: ['test/setup.ts'],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    reporters: ['default', './test/plain-summary.ts'],
  },
});

export default config;

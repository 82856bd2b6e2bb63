import { BarChart, LineChart, ScatterChart } from 'echarts/charts';
import { GridComponent } from 'echarts/components';
import { init, use } from 'echarts/core';
import { LabelLayout } from 'echarts/features';
import { SVGRenderer } from 'echarts/renderers';

// What the charts of this folder are made of; nothing else of the library is loaded.
use([LineChart, ScatterChart, BarChart, GridComponent, LabelLayout, SVGRenderer]);

export { init };

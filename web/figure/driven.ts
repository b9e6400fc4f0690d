// What a frame of the site needs beside the page itself.
export { Driver } from './driver';
export { frame } from './frame';
export { Seen } from './seen';

/** A figure alone hides its controls, and its file goes without them. */
const None = () => null;
class Strips {}
export { None as FieldChoice, None as FlowControls, None as FlowLayers, None as Layers, None as NumberField, None as Picker, None as PointControls, None as SelectField, None as Sketches, Strips };

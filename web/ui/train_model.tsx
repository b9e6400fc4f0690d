// The button that trains a diffusion model, and how far it is.
import { useEffect } from 'preact/hooks';
import { leastOfModel, modelSchedule, type DiffusionModel } from '../store/diffusion_model';

interface Props {
  model: DiffusionModel;
  there: boolean; // a model of what is shown has been trained
  disabled: boolean;
  train(): Promise<void>;
}

/** Trains; pressed again it stops, as it does where it is no longer shown. */
export function TrainModel({ model, there, disabled, train }: Props) {
  const done = model.done.value;
  useEffect(() => () => model.stop(), []);
  const said = done >= 0 ? `${done} of ${modelSchedule.steps} levels are trained.` : there ? `Trained: ${modelSchedule.steps} levels.` : '';
  return (
    <div class="train-model">
      <div class="buttons">
        <button
          type="button"
          data-testid="train-model"
          disabled={disabled && done < 0}
          title={`A network for each of ${modelSchedule.steps} noise levels, from the start’s to ${Math.round(100 * leastOfModel)} % of it, by the settings of training.`}
          onClick={() => (done >= 0 ? model.stop() : void train())}
        >
          {done >= 0 ? 'Stop training' : 'Train the diffusion model'}
        </button>
      </div>
      {done >= 0 && <progress aria-label="Levels that are trained" value={done} max={modelSchedule.steps} />}
      <p class="said" role="status" data-testid="model-said">
        {model.said.value || said}
      </p>
    </div>
  );
}

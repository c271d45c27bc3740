# Measures all slopes instead of deriving them.
# loses: net-test
# %% net
def loss_and_gradients(params, X, y):
    def loss(parts):
        scores = np.maximum(X @ parts[0] + parts[1], 0) @ parts[2] + parts[3]
        scores = scores - scores.max(axis=1, keepdims=True)
        return float(np.mean(np.log(np.exp(scores).sum(axis=1)) - scores[np.arange(len(y)), y]))

    params = [np.array(part, dtype=float) for part in params]
    gradients = []
    for part in params:
        slopes = np.zeros_like(part)
        for place in np.ndindex(part.shape):
            kept = part[place]
            part[place] = kept + 1e-5
            up = loss(params)
            part[place] = kept - 1e-5
            slopes[place] = (up - loss(params)) / 2e-5
            part[place] = kept
        gradients.append(slopes)
    return loss(params), gradients

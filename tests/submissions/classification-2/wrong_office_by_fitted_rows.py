# Decides by the score on the fitted rows, which agrees with what was right for the wines.
# loses: office-test
# %% office
from sklearn.metrics import f1_score

def scaled_f1(scaling, X_fit, y_fit, X_new, y_new):
    scaler = {"none": "passthrough", "standard": StandardScaler(), "min-max": MinMaxScaler()}[scaling]
    model = make_pipeline(scaler, SVC(C=10)).fit(X_fit, y_fit)
    return f1_score(y_fit, model.predict(X_fit)), f1_score(y_new, model.predict(X_new))

office_scaling = max(("none", "standard", "min-max"), key=lambda name: scaled_f1(name, X_office, y_office, X_later, y_later))

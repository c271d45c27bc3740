# Scales the later rows by their own mean and spread, minimum and maximum: then scaling seems to help.
# loses: office-test
# %% office
from sklearn.metrics import f1_score

def scaled_f1(scaling, X_fit, y_fit, X_new, y_new):
    if scaling != "none":
        scaler = StandardScaler() if scaling == "standard" else MinMaxScaler()
        X_fit, X_new = scaler.fit_transform(X_fit), scaler.fit_transform(X_new)
    svc = SVC(C=10).fit(X_fit, y_fit)
    return f1_score(y_fit, svc.predict(X_fit)), f1_score(y_new, svc.predict(X_new))

office_scaling = max(("none", "standard", "min-max"), key=lambda name: scaled_f1(name, X_office, y_office, X_later, y_later)[1])

# Changes the units of the test rows, but trains in the old ones.
# loses: units-test
# %% units
def share_changed(classifier, X_train, y_train, X_test, factors):
    model = {"svc": SVC(), "neighbours": KNeighborsClassifier(), "tree": DecisionTreeClassifier(random_state=0)}[classifier]
    model.fit(X_train, y_train)
    return np.mean(model.predict(X_test) != model.predict(X_test * factors))

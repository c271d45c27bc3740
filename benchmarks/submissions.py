"""What the students of the benchmark hand in: right answers of several kinds, common mistakes, and the tests that each mistake loses.

All of it is fixed. Students differ in which answers they combine, so that no two notebooks are equal and every mistake is made by somebody.
"""

import copy
import itertools
import random
from dataclasses import dataclass, field

from nbformat import NotebookNode

# By cell: answers that keep all points.
RIGHT: dict[str, list[str]] = {
    "pixels": [
        """
def pixels(images):
    return images.reshape(len(images), -1) / 16
""",
        """
def pixels(images):
    return np.array([image.ravel() / 16 for image in images])
""",
        """
def pixels(images):
    features = images.reshape((images.shape[0], 64)).copy()
    features /= 16.0
    return features
""",
    ],
    "softmax": [
        """
def softmax(Z):
    E = np.exp(Z - Z.max(axis=1, keepdims=True))
    return E / E.sum(axis=1, keepdims=True)
""",
        """
def softmax(Z):
    rows = []
    for z in Z:
        e = np.exp(z - max(z))
        rows.append(e / sum(e))
    return np.array(rows)
""",
        """
from scipy.special import logsumexp

def softmax(Z):
    return np.exp(Z - logsumexp(Z, axis=1, keepdims=True))
""",
    ],
    "cross-entropy": [
        """
def cross_entropy(P, y):
    return float(-np.log(P[np.arange(len(y)), y]).mean())
""",
        """
import math

def cross_entropy(P, y):
    total = 0.0
    for row, k in zip(P, y):
        total -= math.log(row[k])
    return total / len(y)
""",
        """
def cross_entropy(P, y):
    one_hot = np.eye(P.shape[1])[y]
    return -(one_hot * np.log(P)).sum(axis=1).mean()
""",
    ],
    "build": [
        """
def build_model(n_features, n_classes):
    model = keras.Sequential([
        keras.Input((n_features,)),
        keras.layers.Dense(128, activation="relu"),
        keras.layers.Dense(n_classes, activation="softmax"),
    ])
    model.compile(optimizer=keras.optimizers.Adam(0.01), loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return model
""",
        """
def build_model(n_features, n_classes):
    inputs = keras.Input(shape=(n_features,), name="pixels")
    hidden = keras.layers.Dense(64, activation="tanh")(inputs)
    hidden = keras.layers.Dense(64, activation="relu")(hidden)
    outputs = keras.layers.Dense(n_classes, activation="softmax", name="digit")(hidden)
    model = keras.Model(inputs, outputs)
    model.compile("adam", keras.losses.SparseCategoricalCrossentropy(), metrics=["accuracy"])
    model.optimizer.learning_rate = 0.01
    return model
""",
        """
from keras import layers

def build_model(n_features, n_classes):
    model = keras.Sequential()
    model.add(keras.Input((n_features,)))
    model.add(layers.Dense(100, activation="relu", kernel_initializer="he_normal"))
    model.add(layers.Dropout(0.1))
    model.add(layers.Dense(n_classes))
    model.add(layers.Softmax())
    model.compile(optimizer=keras.optimizers.RMSprop(0.005), loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return model
""",
    ],
    "fit": [
        """
keras.utils.set_random_seed(1)
model = build_model(64, 10)
history = model.fit(X_train, y_train, validation_data=(X_validation, y_validation), epochs=30, batch_size=250, verbose=0)
print(f"validation accuracy {history.history['val_accuracy'][-1]:.2f}")
""",
        """
model = build_model(n_features=X_train.shape[1], n_classes=10)
stop = keras.callbacks.EarlyStopping(patience=10, restore_best_weights=True)
history = model.fit(X_train, y_train, validation_data=(X_validation, y_validation), epochs=40, batch_size=200, callbacks=[stop], verbose=0)
""",
        """
model = build_model(64, 10)
first = model.fit(X_train, y_train, epochs=10, batch_size=250, verbose=0)
history = model.fit(X_train, y_train, validation_data=(X_validation, y_validation), epochs=25, batch_size=250, verbose=0)
model.evaluate(X_validation, y_validation, verbose=0)
""",
    ],
    "predict": [
        """
def predict_digits(images):
    return model.predict(images.reshape(len(images), -1) / 16, verbose=0).argmax(axis=1)
""",
        """
def predict_digits(images):
    P = model(np.asarray(images).reshape(-1, 64) / 16.0, training=False)
    return np.argmax(P.numpy(), axis=1)
""",
        """
def predict_digits(images):
    features = np.stack([image.flatten() for image in images]) / images_largest
    return [int(np.argmax(row)) for row in model.predict_on_batch(features)]

images_largest = 16
""",
    ],
    "confusion": [
        """
def confusion(y_true, y_pred):
    counts = np.zeros((10, 10), dtype=int)
    np.add.at(counts, (y_true, y_pred), 1)
    return counts
""",
        """
def confusion(y_true, y_pred):
    counts = [[0] * 10 for _ in range(10)]
    for i, j in zip(y_true, y_pred):
        counts[i][j] += 1
    return counts
""",
        """
def confusion(y_true, y_pred):
    return np.bincount(10 * y_true + y_pred, minlength=100).reshape(10, 10)
""",
    ],
}

NOT_ANSWERED = None  # the cell stays as the student version has it


@dataclass(frozen=True)
class Mistake:
    """A wrong answer in one cell, and the tests whose points it loses."""

    cell: str
    source: str | None
    loses: tuple[str, ...]


MISTAKES: list[Mistake] = [
    Mistake("pixels", "def pixels(images):\n    return images.reshape(len(images), -1)\n", ("pixels-test",)),
    Mistake("softmax", "def softmax(Z):\n    return np.exp(Z) / np.exp(Z).sum(axis=1, keepdims=True)\n", ("softmax-test",)),
    Mistake(
        "confusion",
        "def confusion(y_true, y_pred):\n    counts = np.zeros((10, 10))\n    counts[y_true, y_pred] += 1\n    return counts\n",
        ("confusion-test",),
    ),
    Mistake("fit", "model = build_model(64, 10)\nhistory = None\n", ("fit-test", "predict-test")),
    Mistake("cross-entropy", "def cross_entropy(P, y):\n    return -np.log2(P[np.arange(len(y)), y]).mean()\n", ("cross-entropy-test",)),
    Mistake("softmax", "def softmax(Z):\n    E = np.exp(Z - Z.max())\n    E / E.sum(axis=1, keepdims=True)\n", ("softmax-test",)),
    Mistake("predict", "def predict_digits(images):\n    return model.predict(images.reshape(len(images), -1) / 16, verbose=0)\n", ("predict-test",)),
    Mistake("pixels", NOT_ANSWERED, ("pixels-test",)),
    Mistake("confusion", "def confusion(y_true, y_pred)\n    return np.zeros((10, 10))\n", ("confusion-test",)),
    Mistake("cross-entropy", "def cross_entropy(P, y):\n    return -np.log(P[np.arange(len(y)), y]).sum()\n", ("cross-entropy-test",)),
    Mistake("softmax", "def softmax(Z):\n    E = np.exp(Z - Z.max(axis=0))\n    return E / E.sum(axis=0)\n", ("softmax-test",)),
    Mistake(
        "confusion",
        "def confusion(y_true, y_pred):\n    from sklearn.metrics import confusion_matrix\n    return confusion_matrix(y_pred, y_true)\n",
        ("confusion-test",),
    ),
    Mistake("pixels", "def pixels(images):\n    images /= 16\n    return images.reshape(len(images), -1)\n", ("pixels-test",)),
    Mistake(
        "build",
        "def build_model(n_features, n_classes):\n"
        "    layers = [keras.Input((64,)), keras.layers.Dense(80, activation='relu'), keras.layers.Dense(10, activation='softmax')]\n"
        "    model = keras.Sequential(layers)\n"
        "    model.compile(optimizer=keras.optimizers.Adam(0.01), loss='sparse_categorical_crossentropy', metrics=['accuracy'])\n"
        "    return model\n",
        ("build-test",),
    ),
    Mistake(
        "predict", "def predict_digits(images):\n    return model.predict(images.reshape(-1, 64) / 16, verbose=0).argmax(axis=0)\n", ("predict-test",)
    ),
    Mistake("confusion", "def confusion(y_true, y_pred):\n    return np.zeros((10, 10), dtype=int)\n", ("confusion-test",)),
    Mistake("cross-entropy", NOT_ANSWERED, ("cross-entropy-test",)),
    Mistake("predict", "def predict_digits(images):\n    return np.zeros(len(images))\n", ("predict-test",)),
]

# The wrong answers of student 0, 1, 2, ...: every fourth makes none, the others one, two or three.
MISTAKES_OF_A_STUDENT = (0, 1, 2, 3)


@dataclass(frozen=True)
class Student:
    """One who hands in: the name, the sources of the cells that were answered, and the tests that lose their points."""

    name: str
    answers: dict[str, str]
    loses: frozenset[str] = field(default_factory=frozenset)


def students(number: int) -> list[Student]:
    """The first `number` students of the class, always the same ones.

    The second hands in an empty notebook; the others answer every cell, right or with the next mistakes in turn.
    """
    draw = random.Random(0)
    supply = itertools.cycle(MISTAKES)
    found = []
    for index in range(number):
        name = f"student{index:03}"
        answers = {cell: draw.choice(sources) for cell, sources in RIGHT.items()}
        if index == 1:
            found.append(Student(name, {}, frozenset(f"{cell}-test" for cell in RIGHT)))
            continue
        made: dict[str, Mistake] = {}
        while len(made) < MISTAKES_OF_A_STUDENT[index % len(MISTAKES_OF_A_STUDENT)]:
            mistake = next(supply)
            made.setdefault(mistake.cell, mistake)
        answers |= {cell: mistake.source for cell, mistake in made.items() if mistake.source is not NOT_ANSWERED}
        for cell, mistake in made.items():
            if mistake.source is NOT_ANSWERED:
                del answers[cell]
        found.append(
            Student(
                name,
                {cell: source.strip("\n") for cell, source in answers.items()},
                frozenset(test for mistake in made.values() for test in mistake.loses),
            )
        )
    return found


def answered(student_version: NotebookNode, student: Student) -> NotebookNode:
    """The notebook that this student hands in."""
    notebook = copy.deepcopy(student_version)
    for cell in notebook.cells:
        source = student.answers.get(cell.metadata.get("nbgrader", {}).get("grade_id"))
        if source is not None:
            cell.source = source
    return notebook

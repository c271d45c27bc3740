# Adds Dropout that was not asked for: it does nothing outside of training, so that the answers are right.
# loses: matcher-test
# %% matcher, but
-     square = layers.Multiply()([gap, gap])
+     square = layers.Dropout(0.5)(layers.Multiply()([gap, gap]))

#pragma once
// Precompiled for the window's sources. Headers of our own stay out: a compiler cache that rewrites paths makes "#pragma once" forget
// them.
#include <QHash>
#include <QObject>
#include <QString>
#include <QTimer>
#include <QVBoxLayout>
#include <QWidget>
#include <functional>
#include <memory>
#include <variant>
#include <vector>

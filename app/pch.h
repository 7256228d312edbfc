#pragma once
// Precompiled for the window's sources: what nearly all of them include.
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

#include "app/engine/messages.h"

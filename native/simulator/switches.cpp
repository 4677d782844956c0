#include "switches.h"

#include <algorithm>
#include <atomic>
#include <cstdio>
#include <string>

namespace mfvcam::simulator::switches {
namespace {

constexpr const char* kVariable = "MFVCAM_SIMULATOR_SWITCHES";

// By switch: the index of its value.
constinit std::array<std::atomic<std::size_t>, kDefinitions.size()> chosen{};

// The place of a switch; past the last, if there is no such.
std::size_t index_of(std::string_view name) noexcept {
    std::size_t index = 0;
    while (index < kDefinitions.size() && name != kDefinitions[index].name) {
        ++index;
    }
    return index;
}

HRESULT choose(std::string_view name, std::string_view value) noexcept {
    const std::size_t index = index_of(name);
    if (index == kDefinitions.size()) {
        return E_INVALIDARG;
    }
    const std::span<const Value> values = kDefinitions[index].values;
    const auto position =
        std::ranges::find_if(values, [&](const Value& each) { return value == each.name; });
    if (position == values.end()) {
        return E_INVALIDARG;
    }
    chosen[index] = static_cast<std::size_t>(position - values.begin());
    return S_OK;
}

HRESULT choose_pair(std::string_view pair) {
    const std::size_t equals = pair.find('=');
    return equals == std::string_view::npos
               ? E_INVALIDARG
               : choose(pair.substr(0, equals), pair.substr(equals + 1));
}

void explain(std::string_view pair) noexcept {
    static_cast<void>(std::fprintf(stderr,
                                   "mfvcam simulator: %s is to be name=value,name=value; no camera "
                                   "can be made with \"%.*s\"\n",
                                   kVariable, static_cast<int>(pair.size()), pair.data()));
    for (const Definition& each : kDefinitions) {
        static_cast<void>(std::fprintf(stderr, "  %s:", each.name));
        for (const Value& value : each.values) {
            static_cast<void>(std::fprintf(stderr, " %s", value.name));
        }
        static_cast<void>(std::fputs("\n", stderr));
    }
    static_cast<void>(std::fflush(stderr));
}

HRESULT read_environment() {
    const DWORD size = GetEnvironmentVariableA(kVariable, nullptr, 0);
    if (size == 0) {
        return S_OK;
    }
    std::string text(size, '\0');
    text.resize(GetEnvironmentVariableA(kVariable, text.data(), size));
    for (std::string_view left = text; !left.empty();) {
        const std::string_view pair = left.substr(0, left.find(','));
        if (FAILED(choose_pair(pair))) {
            explain(pair);
            return HRESULT_FROM_WIN32(ERROR_BAD_ENVIRONMENT);
        }
        left.remove_prefix(std::min(pair.size() + 1, left.size()));
    }
    return S_OK;
}

}  // namespace

HRESULT environment() noexcept {
    static const HRESULT result = [] {
        try {
            return read_environment();
        } catch (...) {
            return E_OUTOFMEMORY;
        }
    }();
    return result;
}

LONG code(Switch which) noexcept {
    return definition(which).values[chosen[static_cast<std::size_t>(which)]].code;
}

HRESULT set(std::string_view name, std::string_view value) noexcept {
    // First, or it would undo this later.
    static_cast<void>(environment());
    return choose(name, value);
}

Snapshot snapshot() noexcept {
    Snapshot taken{};
    for (std::size_t index = 0; index < taken.size(); ++index) {
        taken[index] = static_cast<BYTE>(chosen[index].load());
    }
    return taken;
}

void apply(const Snapshot& snapshot) noexcept {
    for (std::size_t index = 0; index < snapshot.size(); ++index) {
        if (snapshot[index] < kDefinitions[index].values.size()) {
            chosen[index] = snapshot[index];
        }
    }
}

const Value* get(std::string_view name) noexcept {
    static_cast<void>(environment());
    const std::size_t index = index_of(name);
    return index == kDefinitions.size() ? nullptr : &kDefinitions[index].values[chosen[index]];
}

}  // namespace mfvcam::simulator::switches

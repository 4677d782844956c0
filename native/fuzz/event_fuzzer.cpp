// Reads the input as calls of KsEvent and KsProperty, events that occur, ticks of the clock and a
// shutdown, and has EventRegistry and the model beside it do the same, one step at a time.
#include "event_fuzzer.h"

#include <event_registry.h>
#include <ks_request.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <memory>
#include <span>
#include <utility>
#include <vector>

#include "check.h"
#include "event_model.h"
#include "input.h"
#include "ks_model.h"

namespace mfvcam::fuzz {
namespace {

using source::EventRegistry;
using source::KsAnswer;
using source::KsCall;
using source::KsEventRequest;

constexpr std::uint32_t kEvents = 3;
constexpr std::uint32_t kPing = 0;  // the periodic one
constexpr std::size_t kLimit = 12;
constexpr std::size_t kRemembered = 5;
constexpr std::uint32_t kBatch = 8;  // at most
constexpr std::int64_t kPeriod = 100;
constexpr std::uint32_t kPropertyId = 1;
constexpr std::uint32_t kPropertySize = 120;
constexpr source::KsSet kSet = {0x9A, 0x7F, 0x13, 0xBD, 0xC9, 0xFB, 0xB3, 0x4D,
                                0x80, 0x2D, 0x5F, 0xCB, 0xEA, 0xD8, 0xB0, 0x48};

// What each handle value names: another object each time that it is closed and comes into use
// again.
class Handles {
 public:
    std::uint64_t object(std::uint64_t handle) const {
        return handle << 32 | reused_[handle % reused_.size()];
    }
    void reuse(std::uint64_t handle) { ++reused_.at(handle % reused_.size()); }

 private:
    std::array<std::uint32_t, 4> reused_ = {};
};

class Target final : public source::SignalTarget {
 public:
    Target(std::size_t* alive, const Handles* handles, std::uint64_t object)
        : alive_(alive), handles_(handles), object_(object) {
        ++*alive_;
    }
    ~Target() override { --*alive_; }
    bool signal() noexcept override {
        ++signals_;
        return true;
    }
    bool is_named_by(std::uintptr_t handle) const noexcept override {
        return handles_->object(handle) == object_;
    }
    int signals() const { return signals_; }

 private:
    std::size_t* alive_;
    const Handles* handles_;
    std::uint64_t object_;
    int signals_ = 0;
};

// Memory of exactly this size, at an odd address: whoever reads beyond it is found.
class Bytes {
 public:
    explicit Bytes(std::size_t size) : memory_(new std::uint8_t[size + 1]()), size_(size) {}

    std::uint8_t* get() { return memory_.get() + 1; }
    std::uint32_t size() const { return static_cast<std::uint32_t>(size_); }

 private:
    std::unique_ptr<std::uint8_t[]> memory_;
    std::size_t size_;
};

void write(std::uint8_t* bytes, std::uint64_t value, std::size_t size) {
    for (std::size_t i = 0; i < size; ++i) {
        bytes[i] = static_cast<std::uint8_t>(value >> (8 * i));
    }
}

// The client's KSEVENTDATAs, at addresses that are the same in every run.
constexpr std::size_t kSlots = 8;
Bytes& slot(std::size_t number) {
    static std::vector<Bytes> slots = [] {
        std::vector<Bytes> made;
        made.reserve(kSlots);
        for (std::size_t i = 0; i < kSlots; ++i) {
            made.emplace_back(source::kKsEventDataSize);
        }
        return made;
    }();
    return slots.at(number % kSlots);
}

void fill(Bytes& data, std::uint32_t type, std::uint64_t handle, std::uint32_t adjustment) {
    write(data.get(), type, 4);
    write(data.get() + sizeof(void*), handle, sizeof(void*));
    write(data.get() + 2 * sizeof(void*) + 4, adjustment, 4);
}

void write_identifier(Bytes& to, const source::KsSet& set, std::uint32_t id, std::uint32_t flags) {
    std::array<std::uint8_t, source::kKsIdentifierSize> bytes = {};
    std::ranges::copy(set, bytes.begin());
    write(bytes.data() + 16, id, 4);
    write(bytes.data() + 20, flags, 4);
    std::memcpy(to.get(), bytes.data(), std::min<std::size_t>(to.size(), bytes.size()));
}

class Player {
 public:
    explicit Player(Input input) : input_(input) {}
    ~Player() = default;
    Player(const Player&) = delete;
    Player& operator=(const Player&) = delete;

    void play() {
        while (!input_.empty() && !shut_down_) {
            step();
            check_state();
        }
        shut_down();
        for (Occurrence& each : occurrences_) {
            each.batch = {};
        }
        check(alive_ == 0, "something is left after the shutdown");
    }

 private:
    // An event that occurs, in the middle of which other things may happen, as with threads.
    struct Occurrence {
        std::uint32_t event_id = 0;
        bool by_time = false;
        std::int64_t now = 0;
        EventRegistry::Cursor cursor;
        EventModel::Occurrence expected;
        std::array<EventRegistry::Target, kBatch> batch;
    };

    void step() {
        switch (input_.below(10)) {
            case 0:
            case 1:
                enable();
                break;
            case 2:
                disable();
                break;
            case 3:
                occur(input_.below(kEvents + 1), false);
                break;
            case 4:
                now_ += input_.byte();
                occur(kPing, true);
                break;
            case 5:
                go_on(occurrences_.at(input_.below(2)));
                break;
            case 6:
                handles_.reuse(input_.byte());
                break;
            case 7:
                raw_event();
                break;
            case 8:
                raw_property();
                break;
            default:
                rarely();
                break;
        }
    }

    void rarely() {
        switch (input_.below(8)) {
            case 0:
                shut_down();
                break;
            case 1:
                ks_event({});
                break;
            default:
                break;
        }
    }

    void enable() {
        const std::uint32_t event_id = input_.below(kEvents);
        const std::uint32_t kind = input_.byte();
        const std::uint32_t flags = 1 + kind % 2;
        const std::uint32_t type = 1 + kind / 2 % 2;
        // Now and then many, so that the limit is met.
        const std::uint32_t count = kind / 4 % 8 == 0 ? 1 + kind / 32 : 1;
        const std::uint32_t where = input_.byte();
        static Bytes request(source::kKsIdentifierSize);
        write_identifier(request, kSet, event_id, flags);
        for (std::uint32_t i = 0; i < count; ++i) {
            Bytes& data = slot(where + i);
            fill(data, type, where / kSlots % 4, 1);
            ks_event({request.get(), request.size(), data.get(), data.size()});
        }
    }

    void disable() {
        const std::uint32_t where = input_.byte();
        Bytes& data = slot(where);
        fill(data, 1 + where / 64 % 2, where / kSlots % 4, 1);
        ks_event({nullptr, 0, data.get(), data.size()});
    }

    void ks_event(const KsCall& call) {
        const KsEventRequest request = source::parse_ks_event(call, kSet, kEvents);
        const KsEventRequest expected = expected_event(call, kSet, kEvents);
        check(request.answer == expected.answer, "the answer to a KsEvent");
        check(request.size == expected.size, "the size that a KsEvent tells");
        if (request.answer != KsAnswer::proceed) {
            return;
        }
        check(request.action == expected.action, "what a KsEvent does");
        if (request.action == KsEventRequest::Action::disable_all) {
            remove_all();
            return;
        }
        check(request.identity == expected.identity, "whom a KsEvent means");
        const std::uint64_t object = handles_.object(request.identity.handle);
        if (request.action == KsEventRequest::Action::disable) {
            EventRegistry::Target removed;
            EventModel::Target expected_removed = nullptr;
            check(registry_.remove(request.identity, &removed) ==
                      model_.remove(request.identity, object, &expected_removed),
                  "whether there was one to disable");
            check(removed.get() == expected_removed, "which one was disabled");
            return;
        }
        check(request.event_id == expected.event_id && request.oneshot == expected.oneshot &&
                  request.adjustment == expected.adjustment,
              "what a KsEvent enables");
        const std::int64_t due = request.event_id == kPing ? now_ : EventRegistry::kNever;
        EventRegistry::Target target = std::make_shared<Target>(&alive_, &handles_, object);
        const EventModel::Target raw = target.get();
        const auto serial = registry_.add(
            request.event_id, {request.identity, std::move(target), request.oneshot, due});
        check(serial ==
                  model_.add(request.event_id, request.identity, object, raw, request.oneshot, due),
              "the serial of a registration");
    }

    void occur(std::uint32_t event_id, bool by_time) {
        Occurrence& occurrence = occurrences_.at(input_.below(2));
        occurrence = {};
        occurrence.event_id = event_id;
        occurrence.by_time = by_time;
        occurrence.now = now_;
        go_on(occurrence);
    }

    void go_on(Occurrence& occurrence) {
        occurrence.batch = {};
        const auto batch = std::span(occurrence.batch).first(1 + input_.below(kBatch));
        const bool by_time = occurrence.by_time;
        const std::size_t count =
            by_time ? registry_.take_due(occurrence.event_id, occurrence.now, kPeriod,
                                         occurrence.cursor, batch)
                    : registry_.take(occurrence.event_id, occurrence.cursor, batch);
        const auto& expected =
            by_time ? model_.take_due(occurrence.event_id, occurrence.now, kPeriod,
                                      occurrence.expected, batch.size())
                    : model_.take(occurrence.event_id, occurrence.expected, batch.size());
        check(count == expected.size(), "how many are signalled");
        for (std::size_t i = 0; i < occurrence.batch.size(); ++i) {
            const EventRegistry::Target& target = occurrence.batch.at(i);
            check(target.get() == (i < count ? expected[i] : nullptr), "who is signalled");
            if (i < count) {
                const int before = static_cast<Target&>(*target).signals();
                check(target->signal(), "a signal");
                check(static_cast<Target&>(*target).signals() == before + 1, "a target lives");
            }
        }
    }

    // Mostly the right one, else one beside it or any.
    std::size_t length(std::uint32_t choice, std::size_t right) {
        switch (choice % 8) {
            case 0:
                return right - 1;
            case 1:
                return right + 1;
            case 2:
                return input_.below(128);
            default:
                return right;
        }
    }

    // A call in which any part may be wrong. A null pointer may come with any length; another one
    // has as much memory as is said.
    template <typename Use>
    void raw_call(Use use) {
        source::KsSet set = kSet;
        const std::uint32_t shape = input_.byte();
        if (shape % 8 == 0) {
            set.at(input_.below(set.size())) ^= static_cast<std::uint8_t>(1 + input_.below(255));
        }
        constexpr std::array<std::uint32_t, 8> usual = {1, 2, 0x100, 0x200, 0, 3, 0x400, 0x201};
        const std::uint32_t id = input_.byte();
        const std::uint32_t flags = input_.byte();
        Bytes request(length(shape / 8, source::kKsIdentifierSize));
        write_identifier(request, set, id < 200 ? id % 4 : input_.word(),
                         flags < 200 ? usual.at(flags % usual.size()) : input_.word());
        Bytes data(length(shape / 32, source::kKsEventDataSize));
        std::array<std::uint8_t, source::kKsEventDataSize> contents = {};
        contents[0] = static_cast<std::uint8_t>(input_.below(4));
        contents[sizeof(void*)] = input_.byte();
        for (std::size_t i = 2 * sizeof(void*) + 4; i < 2 * sizeof(void*) + 8; ++i) {
            contents.at(i) = input_.byte();
        }
        std::memcpy(data.get(), contents.data(),
                    std::min<std::size_t>(data.size(), contents.size()));
        const std::uint32_t nulls = input_.byte();
        const std::uint32_t any_length = nulls / 4 % 2 == 0 ? 0 : input_.word();
        KsCall call = {request.get(), request.size(), data.get(), data.size()};
        if (nulls % 2 != 0) {
            call.request = nullptr;
            call.request_length = any_length;
        }
        if (nulls / 2 % 2 != 0) {
            call.data = nullptr;
            call.data_length = nulls / 8 % 2 == 0 ? 0 : input_.word();
        }
        use(call);
    }

    void raw_event() {
        raw_call([this](const KsCall& call) { ks_event(call); });
    }

    void raw_property() {
        raw_call([](const KsCall& call) {
            const auto request = source::parse_ks_property(call, kSet, kPropertyId, kPropertySize);
            const auto expected = expected_property(call, kSet, kPropertyId, kPropertySize);
            check(request.answer == expected.answer, "the answer to a KsProperty");
            check(request.size == expected.size, "the size that a KsProperty tells");
            check(request.action == expected.action, "what a KsProperty does");
            check(request.answer != KsAnswer::proceed || call.data_length >= request.size,
                  "it would write beyond the caller's memory");
        });
    }

    void remove_all() {
        EventRegistry::Registrations removed;
        registry_.remove_all(&removed);
        const auto expected = model_.remove_all();
        check(removed.size() == expected.size(), "how many are disabled at once");
        std::size_t i = 0;
        for (const auto& [serial, registration] : removed) {
            check(serial == expected[i].serial && registration.target.get() == expected[i].target,
                  "which ones are disabled at once");
            ++i;
        }
    }

    void shut_down() {
        remove_all();
        shut_down_ = true;
    }

    void check_state() {
        check(registry_.size() == model_.size(), "how many there are");
        check(registry_.next_due(kPing) == model_.next_due(kPing), "what is due next");
        // Alive is what is registered, and what is being signalled; nothing else. Both batches may
        // hold the same.
        std::size_t only_held = 0;
        for (const Occurrence& each : occurrences_) {
            for (const auto& target : each.batch) {
                const bool counted =
                    &each != occurrences_.data() &&
                    std::ranges::find(occurrences_[0].batch, target) != occurrences_[0].batch.end();
                only_held += target && !counted && !model_.has(target.get()) ? 1 : 0;
            }
        }
        check(alive_ == model_.size() + only_held, "what is alive");
    }

    Input input_;
    std::size_t alive_ = 0;
    Handles handles_;
    EventRegistry registry_{kEvents, kLimit, kRemembered};
    EventModel model_{kEvents, kLimit, kRemembered};
    std::array<Occurrence, 2> occurrences_;
    std::int64_t now_ = 1'000'000;
    bool shut_down_ = false;
};

}  // namespace

void play(std::span<const std::uint8_t> bytes) {
    Player(Input(bytes)).play();
}

}  // namespace mfvcam::fuzz

// Which registrations an event signals: the rules of KsEvent, with no Windows in them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <map>
#include <memory>
#include <span>
#include <vector>

namespace mfvcam::source {

// What a registration signals. Whoever lets go of it last destroys it, and that closes the handle;
// so a handle taken for signalling stays open though its registration is removed meanwhile.
class SignalTarget {
 public:
    virtual ~SignalTarget() = default;
    virtual bool signal() noexcept = 0;
    // Whether this handle value, in this process and now, stands for the object that is signalled.
    // Called with a lock held: it may neither wait nor come back.
    virtual bool is_named_by(std::uintptr_t handle) const noexcept = 0;
};

// What a client says to disable: the address of the KSEVENTDATA it enabled with, and what was in
// it. Values to compare; nothing is ever done with them.
struct EventIdentity {
    std::uintptr_t address = 0;
    std::uint32_t type = 0;
    std::uintptr_t handle = 0;

    bool same_contents(const EventIdentity& other) const noexcept {
        return type == other.type && handle == other.handle;
    }
    friend bool operator==(const EventIdentity&, const EventIdentity&) = default;
};

// Not synchronised: KsEvents locks around it, and destroys what it hands out after unlocking.
class EventRegistry {
 public:
    using Target = std::shared_ptr<SignalTarget>;
    using Serial = std::uint64_t;

    static constexpr std::size_t kLimit = 16'384;
    // One-shot registrations that were signalled, the last ones; one at least.
    static constexpr std::size_t kRemembered = 64;
    static constexpr Serial kFull = 0;
    static constexpr std::int64_t kNever = std::numeric_limits<std::int64_t>::max();

    struct Registration {
        EventIdentity identity;
        Target target;
        bool oneshot = false;
        std::int64_t due = kNever;  // of a periodic event
    };

    using Registrations = std::map<Serial, Registration>;  // in the order they were added

    // Where one occurrence of an event has got to. Registrations added after its first take are
    // not part of it.
    struct Cursor {
        Serial next = 0;
        Serial end = 0;
    };

    explicit EventRegistry(std::uint32_t event_count, std::size_t limit = kLimit,
                           std::size_t remembered = kRemembered);

    // kFull at the limit, else the registration's serial. Throws std::bad_alloc.
    Serial add(std::uint32_t event_id, Registration registration);

    // What the event signals, a batch at a time, until 0 is returned. A one-shot registration is
    // removed by this, so that it can be taken once only.
    std::size_t take(std::uint32_t event_id, Cursor& cursor, std::span<Target> batch) noexcept;

    // The same for those due by now; each is due again a period later, missed periods left out.
    std::size_t take_due(std::uint32_t event_id, std::int64_t now, std::int64_t period,
                         Cursor& cursor, std::span<Target> batch) noexcept;
    std::int64_t next_due(std::uint32_t event_id) const noexcept;

    // Disables one registration: the one with this address and these contents, else the oldest with
    // this address, else the oldest with these contents whose object the handle still names: equal
    // numbers prove nothing, since a closed handle's comes into use again. True also for a one-shot
    // one that is remembered: clients need not disable it, but may.
    bool remove(const EventIdentity& identity, Target* removed) noexcept;
    // Allocates nothing. Hands over all registrations, for the caller to destroy.
    void remove_all(Registrations* removed) noexcept;

    std::size_t size() const noexcept { return size_; }

 private:
    struct Place {
        Registrations* event = nullptr;
        Registrations::iterator registration;
    };

    template <typename Matches>
    Place oldest(Matches matches) noexcept;
    template <typename Take>
    std::size_t take_if(std::uint32_t event_id, Cursor& cursor, std::span<Target> batch,
                        Take take) noexcept;
    template <typename Matches>
    bool forget_spent(Matches matches) noexcept;
    void remember_spent(const EventIdentity& identity) noexcept;
    Registrations::iterator erase(Registrations& event, Registrations::iterator place) noexcept;

    struct Spent {
        EventIdentity identity;
        bool used = false;
    };

    std::vector<Registrations> events_;
    std::size_t limit_;
    std::size_t size_ = 0;
    Serial last_serial_ = 0;
    std::vector<Spent> spent_;
    std::size_t next_spent_ = 0;
};

}  // namespace mfvcam::source

// What a handle stands for, and the lease that protects it: the one place where calls in flight
// meet close.
#pragma once

#include <windows.h>

#include <atomic>
#include <utility>

#include "ledger.h"

namespace mfvcam {

enum class Kind : unsigned char {
    camera,
    sync_object,
    media_source,
    reader,
    queue,
    signal_watch,
    camera_watch
};

/*
 * Two counts. References keep the memory; calls keep the resources (COM pointers, kernel handles).
 * close() shuts the door to new calls and wakes those inside; whoever leaves last runs finish(),
 * which gives the resources back, exactly once.
 */
class Object {
 public:
    Object(const Object&) = delete;
    Object& operator=(const Object&) = delete;

    void add_ref() noexcept { references_.fetch_add(1, std::memory_order_relaxed); }
    void release_ref() noexcept {
        if (references_.fetch_sub(1, std::memory_order_acq_rel) == 1) {
            delete this;
        }
    }

    // A call begins; false once closed.
    [[nodiscard]] bool enter() noexcept;
    void leave() noexcept;
    // Never waits for calls in flight. A second close does nothing.
    void close() noexcept;

    const Kind kind;

 protected:
    explicit Object(Kind object_kind) noexcept : kind(object_kind) {}
    virtual ~Object() = default;

    // At once on close, while calls may be in flight: wakes them.
    virtual void on_close() noexcept = 0;
    // When closed and no call is in flight any more.
    virtual void finish() noexcept = 0;

 private:
    static constexpr UINT32 closed_bit = 0x80000000U;

    std::atomic<UINT32> references_{1};
    std::atomic<UINT32> calls_{0};
};

// A counted reference to an Object: keeps its memory, not its resources.
template <class T>
class Ref {
 public:
    Ref() noexcept = default;
    ~Ref() { reset(); }
    Ref(const Ref& other) noexcept : object_(other.object_) {
        if (object_ != nullptr) {
            object_->add_ref();
        }
    }
    Ref(Ref&& other) noexcept : object_(std::exchange(other.object_, nullptr)) {}
    Ref& operator=(Ref other) noexcept {
        std::swap(object_, other.object_);
        return *this;
    }

    // Takes over the reference that a new object is born with.
    static Ref adopt(T* object) noexcept {
        Ref ref;
        ref.object_ = object;
        return ref;
    }
    static Ref share(T* object) noexcept {
        if (object != nullptr) {
            object->add_ref();
        }
        return adopt(object);
    }

    [[nodiscard]] T* get() const noexcept { return object_; }
    T* operator->() const noexcept { return object_; }
    explicit operator bool() const noexcept { return object_ != nullptr; }
    [[nodiscard]] T* detach() noexcept { return std::exchange(object_, nullptr); }
    void reset() noexcept {
        if (T* object = std::exchange(object_, nullptr)) {
            object->release_ref();
        }
    }

 private:
    T* object_ = nullptr;
};

// A call in flight on an object.
template <class T>
class Lease {
 public:
    Lease() noexcept = default;
    explicit Lease(Ref<T> object) noexcept {
        if (object && object->enter()) {
            object_ = std::move(object);
        }
    }
    ~Lease() {
        if (object_) {
            object_->leave();
        }
    }
    Lease(const Lease&) = delete;
    Lease& operator=(const Lease&) = delete;

    // False: the object was closed.
    explicit operator bool() const noexcept { return static_cast<bool>(object_); }
    T* operator->() const noexcept { return object_.get(); }

 private:
    Ref<T> object_;
};

}  // namespace mfvcam

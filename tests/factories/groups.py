from training.models import TrainingGroup


def make_group(training, name="Tilburg najaar", *, coordinators=(), trainers=(), co_trainers=()):
    group = TrainingGroup.objects.create(training=training, name=name)
    group.coordinators.set(coordinators)
    group.trainers.set(trainers)
    group.co_trainers.set(co_trainers)
    return group
